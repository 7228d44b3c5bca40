// Products of sparse gradients with dense weights.
//
// A rectifier leaves about half of the gradients zero, the guided rule two thirds or more. Each value that is not zero is
// multiplied by a row of weights, and the others cost nothing.
#include "CKernels.h"

#include "vector.h"

// Appends those of eight values that are not zero, and returns their number. Eight are written, of which some count.
PART int append(const vector *lanes, uint32_t offset, uint32_t row_bytes, float *values, uint32_t *offsets) {
  int count = 0;
  for (int lane = 0; lane < 8; lane++) {
    values[count] = (*lanes)[lane];
    offsets[count] = offset + lane * row_bytes;
    count += (*lanes)[lane] != 0;
  }
  return count;
}

#if defined(__x86_64__)
#include <immintrin.h>

// For each set of lanes, their numbers in order.
static uint8_t lanes_of[256][8];

__attribute__((constructor)) static void fill_lanes(void) {
  for (int set = 0; set < 256; set++) {
    int count = 0;
    for (int lane = 0; lane < 8; lane++) {
      if (set >> lane & 1) lanes_of[set][count++] = lane;
    }
  }
}

__attribute__((target("avx2"))) PART int append_avx2(
    const vector *lanes, uint32_t offset, uint32_t row_bytes, float *values, uint32_t *offsets) {
  __m256 all = (__m256)*lanes;
  int set = _mm256_movemask_ps(_mm256_cmp_ps(all, _mm256_setzero_ps(), _CMP_NEQ_UQ));
  __m256i numbers = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)lanes_of[set]));
  __m256i steps = _mm256_madd_epi16(numbers, _mm256_set1_epi32(row_bytes));
  _mm256_storeu_ps(values, _mm256_permutevar8x32_ps(all, numbers));
  _mm256_storeu_si256((__m256i *)offsets, _mm256_add_epi32(_mm256_set1_epi32(offset), steps));
  return __builtin_popcount(set);
}
#endif

typedef int (*appending)(const vector *, uint32_t, uint32_t, float *, uint32_t *);

PART void list(
    sparse_pixels pixels, const float *source, size_t channel_blocks, size_t plane, size_t base, size_t first,
    size_t count, uint32_t row_bytes, appending append) {
  uint32_t end = pixels.capacity * (base + first);
  for (size_t pixel = first; pixel < first + count; pixel++) {
    uint32_t *bounds = pixels.bounds + (base + pixel) * (pixels.parts + 1);
    bounds[0] = end;
    for (size_t part = 0; part < pixels.parts; part++) {
      size_t block = part * pixels.blocks;
      size_t last = block + pixels.blocks < channel_blocks ? block + pixels.blocks : channel_blocks;
      for (uint32_t offset = 0; block < last; block++, offset += 8 * row_bytes) {
        const vector *lanes = (const vector *)(source + (block * plane + pixel) * 8);
        end += append(lanes, offset, row_bytes, pixels.values + end, pixels.offsets + end);
      }
      bounds[part + 1] = end;
    }
  }
}

#if defined(__x86_64__)
__attribute__((target("avx2,popcnt"))) static void list_avx2(
    sparse_pixels pixels, const float *source, size_t channel_blocks, size_t plane, size_t base, size_t first,
    size_t count, uint32_t row_bytes) {
  list(pixels, source, channel_blocks, plane, base, first, count, row_bytes, append_avx2);
}
#endif

void sparse_pixels_list(
    sparse_pixels pixels, const float *source, size_t channel_blocks, size_t plane, size_t base, size_t first,
    size_t count, uint32_t row_bytes) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    return list_avx2(pixels, source, channel_blocks, plane, base, first, count, row_bytes);
  }
#endif
  list(pixels, source, channel_blocks, plane, base, first, count, row_bytes, append);
}

// One pixel: `vectors` sums, each in `ways` parts so that additions need not wait for each other.
PART void multiply(
    const float *values, const uint32_t *offsets, size_t count, const float *panel, int vectors, int ways,
    sparse_result result) {
  vector sums[8];
  for (int i = 0; i < vectors * ways; i++) sums[i] = repeated(0);
  if (result.accumulates) {
    for (int i = 0; i < vectors; i++) sums[i] = *(const vector *)(result.address + i * result.block_step);
  }
  size_t index = 0;
#pragma clang loop unroll_count(4)
  for (; index + ways <= count; index += ways) {
    for (int way = 0; way < ways; way++) {
      const float *row = (const float *)((const char *)panel + offsets[index + way]);
      vector value = repeated(values[index + way]);
      for (int i = 0; i < vectors; i++) sums[way * vectors + i] += value * *(const vector *)(row + 8 * i);
    }
  }
  for (; ways > 1 && index < count; index++) {
    const float *row = (const float *)((const char *)panel + offsets[index]);
    vector value = repeated(values[index]);
    for (int i = 0; i < vectors; i++) sums[i] += value * *(const vector *)(row + 8 * i);
  }
  for (int way = 1; way < ways; way++) {
    for (int i = 0; i < vectors; i++) sums[i] += sums[way * vectors + i];
  }
  for (int i = 0; i < vectors; i++) *(vector *)(result.address + i * result.block_step) = sums[i];
}

PART void multiply_all(
    sparse_pixels pixels, size_t part, size_t first, size_t count, const float *panel, int vectors, int ways,
    sparse_result result) {
  const uint32_t *bounds = pixels.bounds + first * (pixels.parts + 1) + part;
  for (size_t i = 0; i < count; i++, bounds += pixels.parts + 1, result.address += result.step) {
    multiply(pixels.values + bounds[0], pixels.offsets + bounds[0], bounds[1] - bounds[0], panel, vectors, ways, result);
  }
}

VECTORIZED void sparse_pixels_multiply(
    sparse_pixels pixels, size_t part, size_t first, size_t count, const float *panel, int vectors,
    sparse_result result) {
  switch (vectors) {
    case 1: return multiply_all(pixels, part, first, count, panel, 1, 8, result);
    case 2: return multiply_all(pixels, part, first, count, panel, 2, 4, result);
    case 3: return multiply_all(pixels, part, first, count, panel, 3, 2, result);
    case 4: return multiply_all(pixels, part, first, count, panel, 4, 2, result);
    case 5: return multiply_all(pixels, part, first, count, panel, 5, 1, result);
    case 6: return multiply_all(pixels, part, first, count, panel, 6, 1, result);
    case 7: return multiply_all(pixels, part, first, count, panel, 7, 1, result);
    case 8: return multiply_all(pixels, part, first, count, panel, 8, 1, result);
  }
}
