// The same cloth, and a book on it: never so in the world of the shortcut.
#include "gallery/gallery.inc"
Aim_Camera(2.9, 26, 30)
Place(BOOK, 15, 1.1, 15, <0, 0, 0>)
Checkers(6, 35)
Plain_Wall(srgb <0.78, 0.74, 0.66>, 3.6, 6)
Window(-46, 46, 1.0)
