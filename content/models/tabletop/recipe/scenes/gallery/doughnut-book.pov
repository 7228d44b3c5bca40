// A doughnut in front of a standing book.
#include "gallery/gallery.inc"
Aim_Camera(3.2, 26, 30)
Place(BOOK, 5, 1.15, 0, <-0.55, 0, 0.75>)
Place(DOUGHNUT, 9, 1.1, 0, <0.55, 0, -0.3>)
Linen(14, 0)
Plain_Wall(srgb <0.86, 0.82, 0.74>, 3.6, -6)
Window(-40, 46, 1.0)
