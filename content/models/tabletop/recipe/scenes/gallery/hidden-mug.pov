// A mug, half hidden behind a book.
#include "gallery/gallery.inc"
Aim_Camera(3.0, 20, 30)
Place(MUG, 7, 1.2, -10, <0.35, 0, 0.8>)
Place(BOOK, 2, 1.0, 10, <-0.25, 0, -0.1>)
Wood(12, 60)
Plain_Wall(srgb <0.66, 0.72, 0.66>, 3.6, -6)
Window(50, 44, 1.0)
