// libpng, version 1.6. Swift reads by its simplified API (png_image_begin_read_from_memory and its kin), which returns
// a status; to write, that API cannot choose a filter and a strategy, and takes seven times as long.
#include <png.h>
#include <string.h>
// For the name of a compression strategy only.
#include <zlib.h>

// What libpng complained of first, or an empty text.
typedef struct {
  char text[128];
} cpng_complaint;

static inline void cpng_remember(png_structp png, png_const_charp text) {
  cpng_complaint *complaint = (cpng_complaint *)png_get_error_ptr(png);
  // A warning comes before the error that it leads to, and says more. The last byte stays zero.
  if (complaint->text[0] == 0) strncpy(complaint->text, text, sizeof complaint->text - 1);
}

static inline void cpng_fail(png_structp png, png_const_charp text) {
  cpng_remember(png, text);
  png_longjmp(png, 1);
}

static inline void cpng_flush(png_structp png) { (void)png; }

// The colours of a picture whose samples are indices, and how opaque each is.
typedef struct {
  png_color colors[256];
  png_byte alphas[256];
  int count;
} cpng_palette;

// Writes rows of 8-bit samples, 3 channels (RGB) or 1 (grey, or indices where there is a palette), as a PNG file.
//
// png_write_info, png_write_row and png_write_end report errors by longjmp, which Swift cannot catch (it has no setjmp)
// and which must not cross its frames. Here the jump begins and ends in C.
//
// `write` gets the file piece by piece, with `output` as png_get_io_ptr, and must not raise errors itself. Returns
// whether all went well; if not, `complaint`, zero when passed in, says why.
static inline int cpng_write(
    const unsigned char *samples, png_uint_32 width, png_uint_32 height, int channels, const cpng_palette *palette,
    png_rw_ptr write, void *output, cpng_complaint *complaint) {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, complaint, cpng_fail, cpng_remember);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (info == NULL) {
    if (complaint->text[0] == 0) strcpy(complaint->text, "Out of memory");
    png_destroy_write_struct(&png, NULL);
    return 0;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    return 0;
  }
  png_set_write_fn(png, output, write, cpng_flush);
  png_set_IHDR(
      png, info, width, height, 8,
      palette ? PNG_COLOR_TYPE_PALETTE : channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
      PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (palette) {
    png_set_PLTE(png, info, palette->colors, palette->count);
    png_set_tRNS(png, info, palette->alphas, palette->count, NULL);
  }
  // Paeth's predictor leaves small numbers around zero and few repetitions longer than a run, so deflate looks for runs
  // only (which leaves no choice of level). On overlays and photos of 768 × 768 pixels that is as small as all filters
  // and a full search, in a seventh of the time.
  // The indices of a map change by one, or not at all, from pixel to pixel: differences along rows repeat, and a full search finds
  // it. An overlay has half the size that way, in the same time.
  if (palette) {
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_SUB);
  } else {
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_PAETH);
    png_set_compression_strategy(png, Z_RLE);
  }
  png_write_info(png, info);
  for (png_uint_32 row = 0; row < height; row++) png_write_row(png, samples + (size_t)row * width * channels);
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return 1;
}
