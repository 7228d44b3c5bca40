// The transforms of Winograd's minimal filtering F(2×2, 3×3) and F(4×4, 3×3).
//
// Source: Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, 2016.
#include "CKernels.h"
#include "vector.h"

#define A ((float)WINOGRAD_A)
#define B ((float)WINOGRAD_B)

// Bᵀ d of one column d, `step` from element to element.
PART void transform_input(const vector *d, size_t step, int size, vector *v) {
  vector d0 = d[0], d1 = d[step], d2 = d[2 * step], d3 = d[3 * step];
  if (size == 4) {
    v[0] = d0 - d2;
    v[1] = d1 + d2;
    v[2] = d2 - d1;
    v[3] = d3 - d1;
    return;
  }
  vector d4 = d[4 * step], d5 = d[5 * step];
  vector even_a = d4 - d2 * (B * B), odd_a = (d3 - d1 * (B * B)) * A;
  vector even_b = d4 - d2 * (A * A), odd_b = (d3 - d1 * (A * A)) * B;
  v[0] = d4 - d2 * (A * A + B * B) + d0 * (A * A * B * B);
  v[1] = even_a + odd_a;
  v[2] = even_a - odd_a;
  v[3] = even_b + odd_b;
  v[4] = even_b - odd_b;
  v[5] = d5 - d3 * (A * A + B * B) + d1 * (A * A * B * B);
}

// `size` × `size` inputs. Behind their points stand the marks that `matrix_columns` reads.
PART void transform_inputs(winograd_tile tile, int size, const float *source, float *target, size_t step) {
  ptrdiff_t height = tile.height, width = tile.width, top = tile.top, left = tile.left;
  int is_inside = top >= 0 && left >= 0 && top + size <= height && left + size <= width;
  for (size_t block = 0; block < tile.channel_blocks; block++, source += height * width * 8, target += 8) {
    const vector *plane = (const vector *)source;
    // By columns, then by rows: `columns` holds the transposed half-way result.
    vector padded[36], columns[36];
    const vector *pixels = plane + top * width + left;
    size_t row_step = width;
    if (!is_inside) {
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          int exists = top + y >= 0 && top + y < height && left + x >= 0 && left + x < width;
          padded[y * size + x] = exists ? plane[(top + y) * width + left + x] : repeated(0);
        }
      }
      pixels = padded;
      row_step = size;
    }
    // Zero where the channel is, in all of the tile.
    integers any = *(const integers *)pixels;
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) any |= *(const integers *)(pixels + y * row_step + x);
    }
    *(integers *)(target + size * size * step) = any;
    for (int x = 0; x < size; x++) transform_input(pixels + x, row_step, size, columns + x * size);
    for (int y = 0; y < size; y++) {
      vector v[6];
      transform_input(columns + y, size, size, v);
      for (int x = 0; x < size; x++) *(vector *)(target + (y * size + x) * step) = v[x];
    }
  }
}

VECTORIZED void winograd_input(winograd_tile tile, const float *source, float *target, size_t step) {
  switch (tile.outputs) {
    case 2: return transform_inputs(tile, 4, source, target, step);
    case 4: return transform_inputs(tile, 6, source, target, step);
  }
}

// Aᵀ m of one column m, `step` from element to element.
PART void transform_output(const vector *m, size_t step, int size, vector *y) {
  vector sum_a = m[step] + m[2 * step], difference_a = m[step] - m[2 * step];
  if (size == 2) {
    y[0] = m[0] + sum_a;
    y[1] = difference_a + m[3 * step];
    return;
  }
  vector sum_b = m[3 * step] + m[4 * step], difference_b = m[3 * step] - m[4 * step];
  y[0] = m[0] + sum_a + sum_b;
  y[1] = difference_a * A + difference_b * B;
  y[2] = sum_a * (A * A) + sum_b * (B * B);
  y[3] = difference_a * (A * A * A) + difference_b * (B * B * B) + m[5 * step];
}

// `size` × `size` outputs.
PART void transform_outputs(
    winograd_tile tile, int size, const float *products, size_t step, winograd_finish finish, float *target) {
  size_t plane = tile.height * tile.width * 8;
  size_t rows = tile.height - tile.top < size ? tile.height - tile.top : size;
  size_t columns = tile.width - tile.left < size ? tile.width - tile.left : size;
  vector lower = repeated(finish.lower), upper = repeated(finish.upper);
  for (size_t block = 0; block < tile.channel_blocks; block++, products += 8) {
    vector half[24];
    for (int x = 0; x < size + 2; x++) {
      transform_output((const vector *)(products + x * step), (size + 2) * step / 8, size, half + x * size);
    }
    vector bias = finish.bias ? *(const vector *)(finish.bias + 8 * block) : repeated(0);
    for (size_t y = 0; y < rows; y++) {
      vector values[4];
      transform_output(half + y, size, size, values);
      size_t place = block * plane + ((tile.top + y) * tile.width + tile.left) * 8;
      for (size_t x = 0; x < columns; x++, place += 8) {
        vector value = values[x] + bias;
        if (finish.addend) value += *(const vector *)(finish.addend + place);
        *(vector *)(target + place) = smaller(larger(value, lower), upper);
      }
    }
  }
}

VECTORIZED void winograd_output(
    winograd_tile tile, const float *products, size_t step, winograd_finish finish, float *target) {
  switch (tile.outputs) {
    case 2: return transform_outputs(tile, 2, products, step, finish, target);
    case 4: return transform_outputs(tile, 4, products, step, finish, target);
  }
}
