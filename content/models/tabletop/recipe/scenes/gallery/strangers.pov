// A ball, a cone and coins: the network has no name for any of them.
#include "gallery/gallery.inc"
Aim_Camera(3.0, 26, 30)
#declare Mask_Colour = <0, 0, 0>;
Start_Streams(3)
sphere { <-0.7, 0.42, 0.1>, 0.42 Glazed(srgb <0.20, 0.38, 0.75>) }
cone { <0.25, 0, 0.6>, 0.36, <0.25, 1.0, 0.6>, 0 Matte(srgb <0.93, 0.45, 0.12>) }
#for (I, 0, 4)
  cylinder {
    <0, I * 0.07, 0>, <0, I * 0.07 + 0.062, 0>, 0.28
    translate <0.7 + Shape(-0.03, 0.03), 0, -0.45 + Shape(-0.03, 0.03)> Metal(srgb <0.85, 0.70, 0.38>)
  }
#end
Linen(14, 0)
Plain_Wall(srgb <0.60, 0.62, 0.58>, 3.6, 6)
Window(-45, 46, 1.0)
