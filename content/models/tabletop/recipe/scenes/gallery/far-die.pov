// A small die, far away on a wide table.
#include "gallery/gallery.inc"
Aim_Camera(6.4, 26, 32)
Place(DIE, 4, 0.85, 0, <1.3, 0, 1.4>)
Linen(9, 0)
Plain_Wall(srgb <0.70, 0.70, 0.66>, 6.5, 5)
Window(-45, 46, 1.0)
