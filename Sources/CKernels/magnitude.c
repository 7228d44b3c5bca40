// How large the numbers of a tensor are, and whether they are numbers.
#include <string.h>

#include "CKernels.h"
#include "vector.h"

// Magnitudes in order, and behind them what is not a number: without their sign, floats are ordered as their bits are.
typedef int32_t bits __attribute__((vector_size(32), aligned(1)));

PART integers magnitude(integers value) { return value & 0x7fffffff; }
PART integers greater(integers a, integers b) { return (a & (a > b)) | (b & ~(a > b)); }

VECTORIZED uint32_t greatest_magnitude(const float *x, size_t count) {
  const char *address = (const char *)x;
  integers found[4] = {{0}, {0}, {0}, {0}};
  size_t index = 0;
  for (; index + 32 <= count; index += 32, address += 128) {
    for (int part = 0; part < 4; part++) {
      found[part] = greater(magnitude(*(const bits *)(address + 32 * part)), found[part]);
    }
  }
  for (; index < count; index += 8, address += 32) {
    integers rest = {0};
    memcpy(&rest, address, (count - index < 8 ? count - index : 8) * sizeof(float));
    found[0] = greater(magnitude(rest), found[0]);
  }
  integers all = greater(greater(found[0], found[1]), greater(found[2], found[3]));
  int32_t greatest = 0;
  for (int lane = 0; lane < 8; lane++) greatest = all[lane] > greatest ? all[lane] : greatest;
  return greatest;
}

VECTORIZED float sum_of_magnitudes(const float *x, size_t count) {
  const char *address = (const char *)x;
  vector sums[4] = {{0}, {0}, {0}, {0}};
  size_t index = 0;
  for (; index + 32 <= count; index += 32, address += 128) {
    for (int part = 0; part < 4; part++) {
      sums[part] += (vector)magnitude(*(const bits *)(address + 32 * part));
    }
  }
  for (; index < count; index += 8, address += 32) {
    integers rest = {0};
    memcpy(&rest, address, (count - index < 8 ? count - index : 8) * sizeof(float));
    sums[0] += (vector)magnitude(rest);
  }
  vector all = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  float sum = 0;
  for (int lane = 0; lane < 8; lane++) sum += all[lane];
  return sum;
}
