// Sums of overlapping patches of an image.
#include "CKernels.h"
#include "vector.h"

VECTORIZED void patches_add(
    float *target, size_t step, size_t target_row, const float *patches, size_t count, size_t rows, size_t vectors) {
  for (size_t patch = 0; patch < count; patch++, target += step) {
    for (size_t row = 0; row < rows; row++, patches += 8 * vectors) {
      for (size_t i = 0; i < vectors; i++) {
        *(vector *)(target + row * target_row + 8 * i) += *(const vector *)(patches + 8 * i);
      }
    }
  }
}
