// zlib: what libpng stands on. Swift sees no macro that takes arguments, and inflateInit2 is one.
#include <zlib.h>

// Unpacks a stream of deflate without a header. Returns whether it is sound, ends where `packed` ends, and fills `bytes` to
// the last: no more is ever written.
static inline int czlib_inflate(const unsigned char *packed, uInt count, unsigned char *bytes, uInt size) {
  z_stream stream = {0};
  if (inflateInit2(&stream, -15) != Z_OK) return 0;
  stream.next_in = (unsigned char *)packed;
  stream.avail_in = count;
  stream.next_out = bytes;
  stream.avail_out = size;
  int status = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  return status == Z_STREAM_END && stream.avail_in == 0 && stream.avail_out == 0;
}
