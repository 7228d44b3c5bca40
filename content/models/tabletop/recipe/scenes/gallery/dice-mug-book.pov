// Two dice, a red mug and a blue book, from left to right: a picture to ask questions about.
#include "gallery/gallery.inc"
Aim_Camera(3.7, 36, 30)
Paint(<0.93, 0.91, 0.86>)
Place(DIE, 17, 0.9, 20, <-1.3, 0, 0.55>)
Place(DIE, 5, 0.9, 55, <-0.75, 0, -0.75>)
Paint(<0.82, 0.14, 0.12>)
Place(MUG, 14, 1.0, 0, <0.1, 0, 0.15>)
Paint(<0.20, 0.38, 0.75>)
Place(BOOK, 3, 1.1, -25, <1.15, 0, 0.45>)
Wood(40, 95)
Plain_Wall(srgb <0.78, 0.76, 0.70>, 4.5, -8)
Window(-50, 48, 1.0)
