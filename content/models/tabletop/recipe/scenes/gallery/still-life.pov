// A full table: seven of the classes, and things that are none of them.
#include "gallery/gallery.inc"
Aim_Camera(4.8, 30, 30)
Place(BOTTLE, 7, 1.1, 0, <-1.55, 0, 1.1>)
Place(WINE_GLASS, 17, 1.0, 0, <-0.45, 0, 1.2>)
Place(MUG, 13, 1.0, 20, <0.75, 0, 1.0>)
Place(CANDLE, 10, 1.05, 0, <1.75, 0, 0.9>)
Place(APPLE, 4, 0.95, 0, <-1.3, 0, -0.35>)
Place(DOUGHNUT, 3, 0.9, 0, <0.05, 0, -0.55>)
Place(DIE, 17, 0.75, 25, <1.35, 0, -0.45>)
#for (I, 1, 4) Place_Clutter(100 + I, 0.8, I * 40, <-1.5 + I * 0.65, 0, -1.35 + mod(I, 2) * 0.15>) #end
Wood(3, 100)
Plain_Wall(srgb <0.58, 0.62, 0.66>, 4.2, 4)
Window(-45, 46, 1.0)
