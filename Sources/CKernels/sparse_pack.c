// Rows of weights for products with sparse pixels.
#include <string.h>

#include "CKernels.h"

typedef float unaligned __attribute__((aligned(1)));

// target[i · target_step] = the number at source + i · source_bytes.
static void copy(const char *source, size_t source_bytes, size_t count, float *target, size_t target_step) {
  if (source_bytes == sizeof(float) && target_step == 1) {
    memcpy(target, source, count * sizeof(float));
  } else {
    for (size_t i = 0; i < count; i++) target[i * target_step] = *(const unaligned *)(source + i * source_bytes);
  }
}

void sparse_pack(
    const float *source, size_t row_step, size_t column_step, size_t rows, size_t columns, size_t width, float *target) {
  const char *address = (const char *)source;
  size_t row_bytes = row_step * sizeof(float), column_bytes = column_step * sizeof(float);
  if (column_step < row_step) {
    for (size_t row = 0; row < rows; row++) copy(address + row * row_bytes, column_bytes, columns, target + row * width, 1);
  } else {
    // A line of the cache from each column at a time.
    for (size_t first = 0; first < rows; first += 16) {
      size_t count = rows - first < 16 ? rows - first : 16;
      for (size_t column = 0; column < columns; column++) {
        const char *line = address + first * row_bytes + column * column_bytes;
        copy(line, row_bytes, count, target + first * width + column, width);
      }
    }
  }
  for (size_t row = 0; row < rows; row++) {
    memset(target + row * width + columns, 0, (width - columns) * sizeof(float));
  }
}
