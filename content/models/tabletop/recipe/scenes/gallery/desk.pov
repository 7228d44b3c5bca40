// Four objects of a desk: book, pencil, bulb and mug.
#include "gallery/gallery.inc"
Aim_Camera(4.0, 34, 30)
Place(BOOK, 3, 1.15, -20, <-0.75, 0, 0.95>)
Place(PENCIL, 9, 1.1, 8, <0.35, 0, -1.0>)
Place(BULB, 3, 1.0, 10, <-1.1, 0, -0.4>)
Place(MUG, 17, 1.1, 10, <1.0, 0, 0.35>)
Wood(40, 95)
Plain_Wall(srgb <0.74, 0.76, 0.74>, 4.5, -8)
Window(-50, 48, 1.0)
