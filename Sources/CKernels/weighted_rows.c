// Sums of rows of a matrix, for several lanes of factors in one pass over it.
#include <string.h>

#include "CKernels.h"
#include "vector.h"

// A vector at any address: weights lie in the file as they come.
typedef float anywhere __attribute__((vector_size(32), aligned(1)));

// Adds four rows, or fewer, to all lanes; the sums of some columns stay in the first cache meanwhile.
PART void add(
    const float *const *rows, int count, const float *factors, size_t factor_stride, size_t lanes, size_t columns,
    float *sums, size_t sum_stride) {
  size_t column = 0;
  for (; column + 8 <= columns; column += 8) {
    vector values[4];
    for (int row = 0; row < count; row++) values[row] = *(const anywhere *)((const char *)rows[row] + column * 4);
    for (size_t lane = 0; lane < lanes; lane++) {
      vector *sum = (vector *)(sums + lane * sum_stride + column);
      vector total = *sum;
      for (int row = 0; row < count; row++) total += values[row] * repeated(factors[lane * factor_stride + row]);
      *sum = total;
    }
  }
  for (; column < columns; column++) {
    for (int row = 0; row < count; row++) {
      float value;
      memcpy(&value, (const char *)rows[row] + column * 4, 4);
      for (size_t lane = 0; lane < lanes; lane++) {
        sums[lane * sum_stride + column] += value * factors[lane * factor_stride + row];
      }
    }
  }
}

VECTORIZED void weighted_rows(
    const float *matrix, size_t row_stride, const uint32_t *rows, size_t count, const float *factors, size_t lanes,
    size_t columns, float *sums, size_t sum_stride) {
  for (size_t lane = 0; lane < lanes; lane++) memset(sums + lane * sum_stride, 0, columns * sizeof(float));
  for (size_t i = 0; i < count; i += 4, factors += 4) {
    const float *four[4];
    int rest = count - i < 4 ? count - i : 4;
    for (int row = 0; row < rest; row++) {
      four[row] = (const float *)((const char *)matrix + rows[i + row] * row_stride * sizeof(float));
    }
    switch (rest) {
      case 1: add(four, 1, factors, count, lanes, columns, sums, sum_stride); break;
      case 2: add(four, 2, factors, count, lanes, columns, sums, sum_stride); break;
      case 3: add(four, 3, factors, count, lanes, columns, sums, sum_stride); break;
      default: add(four, 4, factors, count, lanes, columns, sums, sum_stride);
    }
  }
}
