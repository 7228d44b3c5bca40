// Two things that shine: a candle and a light bulb.
#include "gallery/gallery.inc"
Aim_Camera(3.1, 18, 30)
Place(CANDLE, 17, 1.2, 0, <-0.65, 0, 0.1>)
Place(BULB, 4, 1.15, 0, <0.65, 0, -0.05>)
Wood(7, 15)
Plain_Wall(srgb <0.30, 0.34, 0.44>, 3.2, 5)
Window(58, 38, 0.9)
