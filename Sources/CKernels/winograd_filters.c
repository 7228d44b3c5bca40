// The transforms of filters for Winograd's minimal filtering F(2×2, 3×3) and F(4×4, 3×3), in double precision.
//
// Source: Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, 2016.
#include "CKernels.h"
#include "vector.h"

// Every clone rounds products and sums alike, one by one.
#pragma STDC FP_CONTRACT OFF

// One element of eight filters.
typedef double doubles __attribute__((vector_size(64), aligned(8)));
typedef float unaligned __attribute__((aligned(1)));

// G g of one column g, `step` from element to element.
PART void transform_filter(const doubles *g, size_t step, int size, doubles *v) {
  doubles g0 = g[0], g1 = g[step], g2 = g[2 * step];
  v[size - 1] = g2;
  if (size == 4) {
    v[0] = g0;
    v[1] = (g0 + g1 + g2) / 2;
    v[2] = (g0 - g1 + g2) / 2;
    return;
  }
  const double a = WINOGRAD_A, b = WINOGRAD_B;
  const double scale_a = 1 / (2 * a * a * (a * a - b * b)), scale_b = 1 / (2 * b * b * (b * b - a * a));
  doubles even_a = (g0 + g2 * (a * a)) * scale_a, odd_a = g1 * (a * scale_a);
  doubles even_b = (g0 + g2 * (b * b)) * scale_b, odd_b = g1 * (b * scale_b);
  v[0] = g0 / (a * a * b * b);
  v[1] = even_a + odd_a;
  v[2] = even_a - odd_a;
  v[3] = even_b + odd_b;
  v[4] = even_b - odd_b;
}

// G g Gᵀ of eight filters.
PART void transform_eight(
    const char *filters, size_t filter_step, bool is_turned, int size, float *target, size_t step) {
  float lanes[9][8];
  for (size_t lane = 0; lane < 8; lane++) {
    const unaligned *filter = (const unaligned *)(filters + lane * filter_step);
    for (int tap = 0; tap < 9; tap++) lanes[tap][lane] = filter[is_turned ? 8 - tap : tap];
  }
  doubles taps[9], columns[18];
  for (int tap = 0; tap < 9; tap++) taps[tap] = __builtin_convertvector(*(const vector *)lanes[tap], doubles);
  // By columns, then by rows: `columns` holds the transposed half-way result.
  for (int x = 0; x < 3; x++) transform_filter(taps + x, 3, size, columns + x * size);
  for (int y = 0; y < size; y++) {
    doubles v[6];
    transform_filter(columns + y, size, size, v);
    for (int x = 0; x < size; x++) {
      *(vector *)(target + (y * size + x) * step) = __builtin_convertvector(v[x], vector);
    }
  }
}

PART void transform_panel(winograd_filters filters, int size, float *target, size_t step) {
  size_t input_step = filters.input_step * sizeof(float), output_step = filters.output_step * sizeof(float);
  const char *address = (const char *)filters.address;
  for (size_t input = 0; input < filters.inputs; input++, address += input_step, target += 16) {
    for (size_t first = 0; first < 16; first += 8) {
      if (first < filters.outputs) {
        transform_eight(address + first * output_step, output_step, filters.is_turned, size, target + first, step);
      } else {
        for (int point = 0; point < size * size; point++) *(vector *)(target + first + point * step) = repeated(0);
      }
    }
  }
}

VECTORIZED void winograd_filter(winograd_filters filters, size_t tile_outputs, float *target, size_t step) {
  switch (tile_outputs) {
    case 2: return transform_panel(filters, 4, target, step);
    case 4: return transform_panel(filters, 6, target, step);
  }
}
