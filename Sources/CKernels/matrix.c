// A product of matrices for many calls of middling size, where a library would pack its operands anew each time.
#include "CKernels.h"
#include "vector.h"

// `rows` × 16 sums in registers.
PART void block(
    const float *a, size_t a_stride, const float *b, float *c, size_t c_stride, int rows, size_t inner) {
  vector sums[6][2];
  for (int row = 0; row < rows; row++) sums[row][0] = sums[row][1] = repeated(0);
  for (size_t k = 0; k < inner; k++, b += 16) {
    // The next panel's row, which comes from memory where few rows of a share the weights.
    __builtin_prefetch(b + inner * 16);
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

VECTORIZED void matrix_multiply(
    const float *a, size_t a_stride, const float *b, float *c, size_t c_stride, size_t rows, size_t inner, size_t panels) {
  for (size_t row = 0; row < rows; row += 6, a += 6 * a_stride, c += 6 * c_stride) {
    for (size_t panel = 0; panel < panels; panel++) {
      const float *columns = b + panel * inner * 16;
      float *target = c + panel * 16;
      switch (rows - row) {
        case 1: block(a, a_stride, columns, target, c_stride, 1, inner); break;
        case 2: block(a, a_stride, columns, target, c_stride, 2, inner); break;
        case 3: block(a, a_stride, columns, target, c_stride, 3, inner); break;
        case 4: block(a, a_stride, columns, target, c_stride, 4, inner); break;
        case 5: block(a, a_stride, columns, target, c_stride, 5, inner); break;
        default: block(a, a_stride, columns, target, c_stride, 6, inner);
      }
    }
  }
}
