// Maximum pooling of 8 channels at a time.
//
// As in PyTorch, a window that holds something that is not a number has no other maximum, and that takes the gradient. The
// backward run finds the winners again, which takes less time than to write and read where they were.
#include <math.h>
#include <string.h>

#include "CKernels.h"
#include "vector.h"

// The taps of a window along an axis that lie inside: their first position, and how many there are.
PART size_t inside(pooling_window window, int axis, size_t size, size_t output, size_t *first) {
  ptrdiff_t start = (ptrdiff_t)(output * window.strides[axis]) - (ptrdiff_t)window.padding[axis];
  size_t step = window.dilations[axis];
  size_t skipped = start < 0 ? (-start + step - 1) / step : 0;
  ptrdiff_t position = start + (ptrdiff_t)(skipped * step);
  if (skipped >= window.kernel[axis] || position >= (ptrdiff_t)size) return 0;
  *first = position;
  size_t fitting = (size - position + step - 1) / step;
  size_t remaining = window.kernel[axis] - skipped;
  return fitting < remaining ? fitting : remaining;
}

VECTORIZED void max_pool_forward(pooling_window window, const float *source, float *target) {
  for (size_t row = 0; row < window.output_height; row++) {
    size_t top = 0, rows = inside(window, 0, window.height, row, &top);
    for (size_t column = 0; column < window.output_width; column++, target += 8) {
      size_t left = 0, columns = inside(window, 1, window.width, column, &left);
      vector maximum = repeated(-INFINITY);
      integers missing = {0};
      for (size_t y = 0; y < rows; y++) {
        const float *pixel = source + ((top + y * window.dilations[0]) * window.width + left) * 8;
        for (size_t x = 0; x < columns; x++, pixel += window.dilations[1] * 8) {
          vector value = *(const vector *)pixel;
          missing |= value != value;
          maximum = larger(value, maximum);
        }
      }
      *(vector *)target = chosen(missing, repeated(NAN), maximum);
    }
  }
}

VECTORIZED void max_pool_backward(
    pooling_window window, const float *source, const float *maxima, const float *gradient, float *result) {
  memset(result, 0, window.height * window.width * 8 * sizeof(float));
  for (size_t row = 0; row < window.output_height; row++) {
    size_t top = 0, rows = inside(window, 0, window.height, row, &top);
    for (size_t column = 0; column < window.output_width; column++, maxima += 8, gradient += 8) {
      size_t left = 0, columns = inside(window, 1, window.width, column, &left);
      vector maximum = *(const vector *)maxima;
      integers rest = *(const integers *)gradient;
      for (size_t y = 0; y < rows; y++) {
        size_t pixel = ((top + y * window.dilations[0]) * window.width + left) * 8;
        for (size_t x = 0; x < columns; x++, pixel += window.dilations[1] * 8) {
          vector value = *(const vector *)(source + pixel);
          integers wins = (value == maximum) | (value != value);
          *(vector *)(result + pixel) += (vector)(rest & wins);
          rest &= ~wins;
        }
      }
    }
  }
}
