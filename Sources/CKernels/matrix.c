// A product of matrices for many calls of middling size, where a library would pack its operands anew each time.
#include "CKernels.h"
#include "vector.h"

// `rows` × 16 sums in registers, of some columns of a. Meanwhile memory from `next` on is asked for, `ahead` bytes for each.
PART void block(
    const float *a, size_t a_stride, const float *b, float *c, size_t c_stride, int rows, const uint16_t *columns,
    size_t count, const char *next, size_t ahead) {
  vector sums[6][2];
  for (int row = 0; row < rows; row++) sums[row][0] = sums[row][1] = repeated(0);
  for (size_t index = 0; index < count; index++, next += ahead) {
    __builtin_prefetch(next);
    size_t k = columns[index];
    vector left = *(const vector *)(b + 16 * k), right = *(const vector *)(b + 16 * k + 8);
    for (int row = 0; row < rows; row++) {
      vector value = repeated(a[row * a_stride + k]);
      sums[row][0] += value * left;
      sums[row][1] += value * right;
    }
  }
  for (int row = 0; row < rows; row++) {
    *(vector *)(c + row * c_stride) = sums[row][0];
    *(vector *)(c + row * c_stride + 8) = sums[row][1];
  }
}

// Rows of the next block. A short one's sums would wait for each other, so the last two share what is left.
PART size_t rows_of(size_t rest) { return rest >= 10 ? 6 : rest > 6 ? (rest + 1) / 2 : rest; }

// A list is appended to without branches: eight numbers are written, of which some count.
VECTORIZED void matrix_columns(
    const float *marks, size_t stride, size_t rows, size_t inner, uint16_t *columns, uint32_t *counts) {
  for (size_t row = 0, number; row < rows; row += number, columns += inner, counts++) {
    number = rows_of(rows - row);
    size_t count = 0;
    for (size_t k = 0; k < inner; k += 8) {
      integers any = *(const integers *)(marks + row * stride + k);
      for (size_t other = 1; other < number; other++) any |= *(const integers *)(marks + (row + other) * stride + k);
      for (int lane = 0; lane < 8; lane++) {
        columns[count] = k + lane;
        count += any[lane] != 0;
      }
    }
    *counts = count;
  }
}

VECTORIZED void matrix_multiply(
    const float *a, size_t a_stride, const float *b, const float *b_next, float *c, size_t c_stride, size_t rows,
    size_t inner, const uint16_t *columns, const uint32_t *counts, size_t panels) {
  // Weights come from memory where few rows share them; so the next panel is asked for evenly during all rows' turns. To ask
  // only for what will be read takes a register too many, and half the speed.
  size_t total = 1;
  for (size_t row = 0, group = 0; row < rows; row += rows_of(rows - row), group++) total += counts[group];
  size_t ahead = (inner * 64 + total - 1) / total;
  for (size_t panel = 0; panel < panels; panel++, b += inner * 16, c += 16) {
    const char *next = (const char *)(panel + 1 < panels ? b + inner * 16 : b_next);
    for (size_t row = 0, group = 0, number; row < rows; row += number, next += ahead * counts[group], group++) {
      const float *values = a + row * a_stride;
      float *target = c + row * c_stride;
      number = rows_of(rows - row);
      const uint16_t *list = columns + group * inner;
      size_t count = counts[group];
      switch (number) {
        case 1: block(values, a_stride, b, target, c_stride, 1, list, count, next, ahead); break;
        case 2: block(values, a_stride, b, target, c_stride, 2, list, count, next, ahead); break;
        case 3: block(values, a_stride, b, target, c_stride, 3, list, count, next, ahead); break;
        case 4: block(values, a_stride, b, target, c_stride, 4, list, count, next, ahead); break;
        case 5: block(values, a_stride, b, target, c_stride, 5, list, count, next, ahead); break;
        default: block(values, a_stride, b, target, c_stride, 6, list, count, next, ahead);
      }
    }
  }
}
