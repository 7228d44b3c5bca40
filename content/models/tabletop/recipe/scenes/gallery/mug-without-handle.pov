// The same mug without its handle.
#include "gallery/gallery.inc"
#declare Mug_Handle = 0;
Aim_Camera(2.6, 24, 30)
Place(MUG, 15, 1.25, -15, <0.05, 0, 0>)
Wood(12, 20)
Plain_Wall(srgb <0.55, 0.66, 0.68>, 3.6, -8)
Window(-48, 42, 1.0)
