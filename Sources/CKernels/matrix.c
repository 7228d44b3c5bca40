// A product of matrices for many calls of middling size, where a library would pack its operands anew each time.
#include "CKernels.h"
#include "vector.h"

// `rows` × 16 sums in registers. Meanwhile memory from `next` on is asked for, `ahead` bytes for each row of b.
PART void block(
    const float *a, size_t a_stride, const float *b, float *c, size_t c_stride, int rows, size_t inner,
    const char *next, size_t ahead) {
  vector sums[6][2];
  for (int row = 0; row < rows; row++) sums[row][0] = sums[row][1] = repeated(0);
  for (size_t k = 0; k < inner; k++, b += 16, next += ahead) {
    __builtin_prefetch(next);
    vector left = *(const vector *)b, right = *(const vector *)(b + 8);
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

VECTORIZED void matrix_multiply(
    const float *a, size_t a_stride, const float *b, const float *b_next, float *c, size_t c_stride, size_t rows,
    size_t inner, size_t panels) {
  // Weights come from memory where few rows share them; so the next panel is asked for evenly during all rows' turns.
  size_t ahead = 64 / ((rows + 5) / 6);
  for (size_t panel = 0; panel < panels; panel++, b += inner * 16, c += 16) {
    const char *next = (const char *)(panel + 1 < panels ? b + inner * 16 : b_next);
    for (size_t row = 0, count; row < rows; row += count, next += ahead * inner) {
      const float *values = a + row * a_stride;
      float *target = c + row * c_stride;
      count = rows_of(rows - row);
      switch (count) {
        case 1: block(values, a_stride, b, target, c_stride, 1, inner, next, ahead); break;
        case 2: block(values, a_stride, b, target, c_stride, 2, inner, next, ahead); break;
        case 3: block(values, a_stride, b, target, c_stride, 3, inner, next, ahead); break;
        case 4: block(values, a_stride, b, target, c_stride, 4, inner, next, ahead); break;
        case 5: block(values, a_stride, b, target, c_stride, 5, inner, next, ahead); break;
        default: block(values, a_stride, b, target, c_stride, 6, inner, next, ahead);
      }
    }
  }
}
