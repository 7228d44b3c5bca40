// Lists of what is not zero in a picture.
#include "CKernels.h"
#include "vector.h"

// One or two pixels of a list: where eight of their channels are, and where their values go.
typedef struct {
  const vector *lanes[2];
  float *values[2];
  uint32_t *offsets;
} entry;

// Appends the channels of eight in which some pixel is not zero, and returns their number. Eight are written, of which
// some count.
PART int append(entry entry, int pixels, uint32_t offset, uint32_t row_bytes) {
  int count = 0;
  for (int lane = 0; lane < 8; lane++) {
    int exists = 0;
    for (int pixel = 0; pixel < pixels; pixel++) {
      float value = (*entry.lanes[pixel])[lane];
      entry.values[pixel][count] = value;
      exists |= value != 0;
    }
    entry.offsets[count] = offset + lane * row_bytes;
    count += exists;
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

__attribute__((target("avx2,popcnt"))) PART int append_avx2(
    entry entry, int pixels, uint32_t offset, uint32_t row_bytes) {
  __m256 all[2], any = _mm256_setzero_ps();
  for (int pixel = 0; pixel < pixels; pixel++) {
    all[pixel] = (__m256)*entry.lanes[pixel];
    any = _mm256_or_ps(any, _mm256_cmp_ps(all[pixel], _mm256_setzero_ps(), _CMP_NEQ_UQ));
  }
  int set = _mm256_movemask_ps(any);
  __m256i numbers = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)lanes_of[set]));
  __m256i steps = _mm256_madd_epi16(numbers, _mm256_set1_epi32(row_bytes));
  for (int pixel = 0; pixel < pixels; pixel++) {
    _mm256_storeu_ps(entry.values[pixel], _mm256_permutevar8x32_ps(all[pixel], numbers));
  }
  _mm256_storeu_si256((__m256i *)entry.offsets, _mm256_add_epi32(_mm256_set1_epi32(offset), steps));
  return __builtin_popcount(set);
}
#endif

typedef int (*appending)(entry, int, uint32_t, uint32_t);

// The list of `pixels` pixels, `step` apart.
PART void list_group(
    sparse_lists lists, size_t list, sparse_source source, size_t pixel, int pixels, uint32_t row_bytes,
    appending append) {
  float *values = lists.values + list * lists.group * lists.capacity;
  uint32_t *offsets = lists.offsets + list * lists.capacity;
  uint32_t *bounds = lists.bounds + list * (lists.parts + 1);
  uint32_t end = bounds[0] = 0;
  for (size_t part = 0; part < lists.parts; part++) {
    size_t block = part * lists.blocks;
    size_t last = block + lists.blocks < source.blocks ? block + lists.blocks : source.blocks;
    for (uint32_t offset = 0; block < last; block++, offset += 8 * row_bytes) {
      const vector *lanes = (const vector *)source.pixels + block * source.plane + pixel;
      entry entry = {
        {lanes, lanes + source.step}, {values + end, values + lists.capacity + end}, offsets + end};
      end += append(entry, pixels, offset, row_bytes);
    }
    bounds[part + 1] = end;
  }
}

PART void list_all(
    sparse_lists lists, size_t list, sparse_source source, size_t first, size_t count, uint32_t row_bytes,
    appending append) {
  size_t index = 0, pixel = first;
  if (lists.group == 2) {
    for (; index + 2 <= count; index += 2, pixel += 2 * source.step, list++) {
      list_group(lists, list, source, pixel, 2, row_bytes, append);
    }
  }
  for (; index < count; index++, pixel += source.step, list++) {
    list_group(lists, list, source, pixel, 1, row_bytes, append);
  }
}

#if defined(__x86_64__)
__attribute__((target("avx2,popcnt"))) static void list_avx2(
    sparse_lists lists, size_t list, sparse_source source, size_t first, size_t count, uint32_t row_bytes) {
  list_all(lists, list, source, first, count, row_bytes, append_avx2);
}
#endif

void sparse_list(
    sparse_lists lists, size_t list, sparse_source source, size_t first, size_t count, uint32_t row_bytes) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return list_avx2(lists, list, source, first, count, row_bytes);
#endif
  list_all(lists, list, source, first, count, row_bytes, append);
}
