// A fly agaric on dark wood.
#include "gallery/gallery.inc"
Aim_Camera(2.3, 20, 30)
Place(MUSHROOM, 3, 1.25, 0, <0, 0, 0>)
Wood(22, 80)
Plain_Wall(srgb <0.28, 0.38, 0.26>, 3.2, 8)
Window(40, 50, 1.05)
