// Products of sparse pixels with dense weights.
//
// A rectifier leaves about half of the values zero, the guided rule two thirds or more of the gradients. Each value that is
// not zero is multiplied by a row of weights, and the others cost nothing. Neighbours are alike in what is zero, so that
// two of them share a list at little loss, and each row that is read serves both.
#include "CKernels.h"
#include "vector.h"

// Some pixels of a list: the values of each, `capacity` behind the last's, and where the rows of weights begin.
typedef struct {
  const float *values;
  size_t capacity;
  const uint32_t *offsets;
  size_t count;
} products;

// `vectors` sums for each of one or two pixels, each in `ways` parts so that additions need not wait for each other.
PART void multiply(
    products products, const float *panel, int pixels, int vectors, int ways, sparse_result result) {
  vector sums[16];
  int width = pixels * vectors;
  for (int i = 0; i < width * ways; i++) sums[i] = repeated(0);
  if (result.accumulates) {
    for (int i = 0; i < width; i++) {
      sums[i] = *(const vector *)(result.address + i / vectors * result.step + i % vectors * result.block_step);
    }
  } else if (result.bias) {
    for (int i = 0; i < width; i++) sums[i] = *(const vector *)(result.bias + i % vectors * 8);
  }
  size_t index = 0;
#pragma clang loop unroll_count(4)
  for (; index + ways <= products.count; index += ways) {
    for (int way = 0; way < ways; way++) {
      const float *row = (const float *)((const char *)panel + products.offsets[index + way]);
      vector values[2];
      for (int pixel = 0; pixel < pixels; pixel++) {
        values[pixel] = repeated(products.values[pixel * products.capacity + index + way]);
      }
      for (int i = 0; i < vectors; i++) {
        vector weights = *(const vector *)(row + 8 * i);
        for (int pixel = 0; pixel < pixels; pixel++) {
          sums[way * width + pixel * vectors + i] += values[pixel] * weights;
        }
      }
    }
  }
  for (; ways > 1 && index < products.count; index++) {
    const float *row = (const float *)((const char *)panel + products.offsets[index]);
    for (int i = 0; i < width; i++) {
      vector value = repeated(products.values[i / vectors * products.capacity + index]);
      sums[i] += value * *(const vector *)(row + i % vectors * 8);
    }
  }
  for (int way = 1; way < ways; way++) {
    for (int i = 0; i < width; i++) sums[i] += sums[way * width + i];
  }
  if (result.addend) {
    for (int i = 0; i < width; i++) {
      sums[i] += *(const vector *)(result.addend + i / vectors * result.step + i % vectors * result.block_step);
    }
  }
  if (result.rectifies) {
    vector lower = repeated(result.lower), upper = repeated(result.upper);
    for (int i = 0; i < width; i++) sums[i] = smaller(larger(sums[i], lower), upper);
  }
  for (int i = 0; i < width; i++) {
    *(vector *)(result.address + i / vectors * result.step + i % vectors * result.block_step) = sums[i];
  }
}

// The next `pixels` pixels of the result.
PART sparse_result after(sparse_result result, size_t pixels) {
  result.address += pixels * result.step;
  if (result.addend) result.addend += pixels * result.step;
  return result;
}

PART void multiply_all(
    sparse_lists lists, size_t part, size_t first, size_t count, const float *panel, sparse_next *next, int group,
    int vectors, int ways, sparse_result result) {
  // From list to list by additions, since short ones are done before a product of indices is.
  const float *values = lists.values + first * lists.capacity;
  const uint32_t *offsets = lists.offsets + first / group * lists.capacity;
  const uint32_t *bounds = lists.bounds + first / group * (lists.parts + 1) + part;
  size_t pixel = first % group;
  const char *ahead = next->address;
  while (count > 0) {
    products products = {values + bounds[0], lists.capacity, offsets + bounds[0], bounds[1] - bounds[0]};
    size_t pixels = group == 2 && pixel == 0 && count >= 2 ? 2 : 1;
    if (pixels == 2) {
      multiply(products, panel, 2, vectors, ways, result);
    } else {
      multiply(products, panel, 1, vectors, ways, result);
    }
    // Into the second cache: the first one is full of this panel.
    for (const char *end = ahead + next->lines * 64; ahead < end; ahead += 64) __builtin_prefetch(ahead, 0, 2);
    result = after(result, pixels);
    values += pixels * lists.capacity;
    offsets += lists.capacity;
    bounds += lists.parts + 1;
    pixel = 0;
    count -= pixels;
  }
  next->address = ahead;
}

VECTORIZED void sparse_multiply(
    sparse_lists lists, size_t part, size_t first, size_t count, const float *panel, int vectors, sparse_next *next,
    sparse_result result) {
  if (lists.group == 2) {
    switch (vectors) {
      case 1: return multiply_all(lists, part, first, count, panel, next, 2, 1, 4, result);
      case 2: return multiply_all(lists, part, first, count, panel, next, 2, 2, 2, result);
      case 3: return multiply_all(lists, part, first, count, panel, next, 2, 3, 2, result);
      case 4: return multiply_all(lists, part, first, count, panel, next, 2, 4, 1, result);
      case 5: return multiply_all(lists, part, first, count, panel, next, 2, 5, 1, result);
      case 6: return multiply_all(lists, part, first, count, panel, next, 2, 6, 1, result);
    }
  }
  switch (vectors) {
    case 1: return multiply_all(lists, part, first, count, panel, next, 1, 1, 8, result);
    case 2: return multiply_all(lists, part, first, count, panel, next, 1, 2, 4, result);
    case 3: return multiply_all(lists, part, first, count, panel, next, 1, 3, 2, result);
    case 4: return multiply_all(lists, part, first, count, panel, next, 1, 4, 2, result);
    case 5: return multiply_all(lists, part, first, count, panel, next, 1, 5, 1, result);
    case 6: return multiply_all(lists, part, first, count, panel, next, 1, 6, 1, result);
    case 7: return multiply_all(lists, part, first, count, panel, next, 1, 7, 1, result);
    case 8: return multiply_all(lists, part, first, count, panel, next, 1, 8, 1, result);
  }
}

VECTORIZED void sparse_finish(sparse_result result, size_t count, int vectors) {
  for (size_t pixel = 0; pixel < count; pixel++) {
    sparse_result one = after(result, pixel);
    for (int i = 0; i < vectors; i++) {
      multiply((products){NULL, 0, NULL, 0}, NULL, 1, 1, 1, one);
      one.address += one.block_step;
      if (one.addend) one.addend += one.block_step;
      if (one.bias) one.bias += 8;
    }
  }
}
