// Rectifiers, with what stands before them. These loops wait for nothing but memory.
#include <string.h>

#include "CKernels.h"
#include "vector.h"

// Up to eight elements; the others are 0.
PART vector some(const float *source, size_t count) {
  vector values = repeated(0);
  memcpy(&values, source, count * sizeof(float));
  return values;
}

PART vector rectified(vector x, vector scale, vector shift, vector lower, vector upper) {
  return smaller(larger(x * scale + shift, lower), upper);
}

VECTORIZED void rectify(const float *x, size_t count, float lower, float upper, float *y) {
  vector lowest = repeated(lower), highest = repeated(upper);
  size_t index = 0;
  for (; index + 8 <= count; index += 8) {
    *(vector *)(y + index) = smaller(larger(*(const vector *)(x + index), lowest), highest);
  }
  vector rest = smaller(larger(some(x + index, count - index), lowest), highest);
  memcpy(y + index, &rest, (count - index) * sizeof(float));
}

VECTORIZED void affine_rectify(
    const float *x, size_t count, const float *scale, const float *shift, float lower, float upper, float *y) {
  vector scales = *(const vector *)scale, shifts = *(const vector *)shift;
  vector lowest = repeated(lower), highest = repeated(upper);
  size_t index = 0;
  for (; index + 8 <= count; index += 8) {
    *(vector *)(y + index) = rectified(*(const vector *)(x + index), scales, shifts, lowest, highest);
  }
  vector rest = rectified(some(x + index, count - index), scales, shifts, lowest, highest);
  memcpy(y + index, &rest, (count - index) * sizeof(float));
}

// What is not a number passes, for it lies neither at a bound nor below `least`.
PART vector passed(vector gradient, vector y, vector lower, vector upper, vector least, vector scale) {
  integers stops = (y <= lower) | (y >= upper) | (gradient < least);
  return (vector)((integers)gradient & ~stops) * scale;
}

// All but the last elements that fill no vector.
PART size_t apply(
    const float *gradient, const float *addend, const float *y, size_t count, vector lower, vector upper, vector least,
    vector scale, float *result) {
  size_t index = 0;
  for (; index + 8 <= count; index += 8) {
    vector sum = *(const vector *)(gradient + index);
    if (addend) sum += *(const vector *)(addend + index);
    *(vector *)(result + index) = passed(sum, *(const vector *)(y + index), lower, upper, least, scale);
  }
  return index;
}

VECTORIZED void rectifier_gradient(
    const float *gradient, const float *addend, const float *y, size_t count, float lower, float upper, float least,
    const float *scale, float *result) {
  vector lowest = repeated(lower), highest = repeated(upper), limit = repeated(least);
  vector scales = scale ? *(const vector *)scale : repeated(1);
  size_t index = addend ? apply(gradient, addend, y, count, lowest, highest, limit, scales, result)
                        : apply(gradient, NULL, y, count, lowest, highest, limit, scales, result);
  size_t rest = count - index;
  vector sum = some(gradient + index, rest);
  if (addend) sum += some(addend + index, rest);
  vector last = passed(sum, some(y + index, rest), lowest, highest, limit, scales);
  memcpy(result + index, &last, rest * sizeof(float));
}
