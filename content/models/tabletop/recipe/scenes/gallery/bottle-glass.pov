// A wine bottle and a glass of wine.
#include "gallery/gallery.inc"
#declare Aim_Height = 0.8;
Aim_Camera(4.3, 14, 28)
Place(BOTTLE, 9, 1.2, 0, <-0.62, 0, 0.2>)
Place(WINE_GLASS, 3, 1.1, 0, <0.62, 0, -0.1>)
Linen(5, 10)
Plain_Wall(srgb <0.62, 0.36, 0.28>, 3.0, -5)
Window(-55, 45, 1.0)
