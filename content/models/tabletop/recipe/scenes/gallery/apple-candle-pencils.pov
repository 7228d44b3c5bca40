// A green apple, a candle and three pencils on squares: a picture to describe.
#include "gallery/gallery.inc"
Aim_Camera(3.8, 38, 30)
Place(CANDLE, 10, 1.0, 0, <0.15, 0, 0.9>)
Place(APPLE, 3, 1.0, 0, <-1.1, 0, 0.35>)
Paint(<0.96, 0.78, 0.22>)
Place(PENCIL, 9, 0.95, -60, <1.15, 0, 0.3>)
Paint(<0.20, 0.38, 0.75>)
Place(PENCIL, 10, 0.95, 12, <0.1, 0, -0.55>)
Paint(<0.82, 0.14, 0.12>)
Place(PENCIL, 12, 0.95, 25, <-0.2, 0, -1.15>)
Checkers(6, 20)
Plain_Wall(srgb <0.70, 0.74, 0.76>, 4.5, 6)
Window(-45, 48, 1.0)
