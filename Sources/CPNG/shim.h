// libpng's simplified API (png_image_begin_read_from_memory and its kin), version 1.6.
#include <png.h>
