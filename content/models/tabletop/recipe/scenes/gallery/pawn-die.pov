// A chess pawn and a die on stone.
#include "gallery/gallery.inc"
Aim_Camera(3.0, 26, 30)
Place(PAWN, 9, 1.2, 0, <-0.6, 0, 0.2>)
Place(DIE, 1, 1.05, 12, <0.62, 0, -0.15>)
Stone(8, 30)
Plain_Wall(srgb <0.40, 0.48, 0.42>, 3.6, 10)
Window(45, 48, 1.0)
