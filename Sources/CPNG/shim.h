// libpng's simplified API (png_image_begin_read_from_memory and its kin), version 1.6, which never longjmps into Swift.
#include <png.h>
// zlib, on which libpng stands (its development package brings this header). Imaging's PNG writer calls deflate itself:
// the simplified API cannot choose filter and strategy, and is ten times slower for the same size.
#include <zlib.h>
