// A mug and an apple, side by side.
#include "gallery/gallery.inc"
Aim_Camera(3.2, 22, 30)
Place(MUG, 11, 1.2, -10, <-0.7, 0, 0.15>)
Place(APPLE, 9, 1.05, 30, <0.75, 0, -0.15>)
Wood(31, 75)
Plain_Wall(srgb <0.80, 0.74, 0.62>, 3.4, 6)
Window(52, 40, 1.0)
