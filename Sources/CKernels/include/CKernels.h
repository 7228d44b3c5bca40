// Loops whose speed hangs on instructions that Swift cannot ask for in one function.
//
// Each runs on the calling thread alone. Pictures are blocked by 8 channels, [C/8, H·W, 8].
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// y = min(max(x, lower), upper). Here and below, what is not a number stays so.
void rectify(const float *x, size_t count, float lower, float upper, float *y);

// y = min(max(x · scale + shift, lower), upper).
//
// scale, shift: for eight elements, and the next eight again.
void affine_rectify(
    const float *x, size_t count, const float *scale, const float *shift, float lower, float upper, float *y);

// dx = (dy + addend) · scale, but 0 where y ≤ lower, y ≥ upper or dy + addend < least.
//
// lower, upper: NaN for none; addend, scale: or NULL; scale for eight elements, and the next eight again.
void rectifier_gradient(
    const float *gradient, const float *addend, const float *y, size_t count, float lower, float upper, float least,
    const float *scale, float *result);

// The bits of the largest |x|: 0x7f800000 where one is infinite, and more where one is not a number. x may lie at any address.
uint32_t greatest_magnitude(const float *x, size_t count);

// The sum of all |x|. x may lie at any address.
float sum_of_magnitudes(const float *x, size_t count);

// How a window slides over a plane of `height` × `width` pixels.
typedef struct {
  size_t height, width;
  size_t output_height, output_width;
  size_t kernel[2], strides[2], dilations[2], padding[2];
} pooling_window;

// y = maximum over each window, for 8 channels.
//
// source: [height, width, 8]; target: [output_height, output_width, 8].
void max_pool_forward(pooling_window window, const float *source, float *target);

// dx = the sum of dy of all windows in which x is the maximum; of equal maxima, or of several that are not numbers, the first
// one has it all.
void max_pool_backward(
    pooling_window window, const float *source, const float *maxima, const float *gradient, float *result);

// The channels of pixels that are not zero. One pixel or two neighbours share a list: of the channels in which any of them
// is not zero. Channels come in parts, so that the weights of one part stay in the first cache.
typedef struct {
  // Pixels of a list, 1 or 2.
  size_t group;
  // For each list room for `capacity` values of each of its pixels, and for where the weights of their channels begin in a
  // part's panel.
  float *values;
  uint32_t *offsets;
  size_t capacity;
  // For each list, where each part begins in it, and where the last ends.
  uint32_t *bounds;
  size_t parts;
  // Blocks of 8 channels in a part.
  size_t blocks;
} sparse_lists;

// What is listed: a picture [blocks, plane, 8] of which every `step`-th pixel is a neighbour of the last.
typedef struct {
  const float *pixels;
  size_t blocks, plane, step;
} sparse_source;

// Lists `count` neighbours from pixel `first` on; the first list is `list`, and the last pixel may be alone in its own.
//
// row_bytes: from the weights of one channel to those of the next.
void sparse_list(
    sparse_lists lists, size_t list, sparse_source source, size_t first, size_t count, uint32_t row_bytes);

// Where products of listed pixels go, and what is done to them on the way.
typedef struct {
  // The first pixel, and from one to the next.
  float *address;
  size_t step;
  // From one block of 8 channels to the next.
  size_t block_step;
  // Whether the sums begin with what is there.
  bool accumulates;
  // Where they begin otherwise, a number for each channel; NULL for zero.
  const float *bias;
  // Added too, in the layout of the result; or NULL.
  const float *addend;
  // Whether they are brought between `lower` and `upper`.
  bool rectifies;
  float lower, upper;
} sparse_result;

// What will be read next, for instance another panel: so many lines of the cache are asked for with each list.
typedef struct {
  const char *address;
  size_t lines;
} sparse_next;

// result[i] = Σ value · weights[channel] for `count` pixels from the `first` on; they are counted through the lists.
//
// panel: the weights of part `part`, a row for each of its channels; vectors: blocks of 8 channels of the result, 1 to 8, and
// at most 6 where two pixels share a list; next: moves on by what has been asked for.
void sparse_multiply(
    sparse_lists lists, size_t part, size_t first, size_t count, const float *panel, int vectors, sparse_next *next,
    sparse_result result);

// The same without any product.
void sparse_finish(sparse_result result, size_t count, int vectors);

// Packs weights for such products: target[row][column] = source[row · row_step + column · column_step], and 0 behind the last
// column.
//
// source: at any address; target: [rows, width].
void sparse_pack(
    const float *source, size_t row_step, size_t column_step, size_t rows, size_t columns, size_t width, float *target);

// Adds patches to an image: patch i, row r, vector v at target + i · step + r · target_row + 8 · v.
//
// patches: [count, rows, 8 · vectors].
void patches_add(
    float *target, size_t step, size_t target_row, const float *patches, size_t count, size_t rows, size_t vectors);

// Lists the columns of a matrix in which some row is not zero, for each group of rows that `matrix_multiply` takes together: 6 or fewer,
// and only the last fewer than 4.
//
// marks: [rows, inner], not zero wherever the matrix is not, `stride` from row to row; columns: [groups, inner].
void matrix_columns(
    const float *marks, size_t stride, size_t rows, size_t inner, uint16_t *columns, uint32_t *counts);

// c = a · b for row-major matrices, some columns of b at a time.
//
// a: [rows, inner], `a_stride` from row to row, of which only the listed columns are read; b: [panels, inner, 16]; b_next: the
// first panel that will be asked for after these; c: [rows, 16 · panels], `c_stride` from row to row.
void matrix_multiply(
    const float *a, size_t a_stride, const float *b, const float *b_next, float *c, size_t c_stride, size_t rows,
    size_t inner, const uint16_t *columns, const uint32_t *counts, size_t panels);

// sums[lane] = Σ factors[lane][i] · row[rows[i]], some columns of rows that lie anywhere in memory.
//
// matrix: `row_stride` from row to row, at any address; factors: [lanes, count]; sums: `sum_stride` from lane to lane.
void weighted_rows(
    const float *matrix, size_t row_stride, const uint32_t *rows, size_t count, const float *factors, size_t lanes,
    size_t columns, float *sums, size_t sum_stride);

// The points of Winograd's F(4×4, 3×3) are 0, ±a, ±b and ∞; those of F(2×2, 3×3) are 0, ±1 and ∞.
#define WINOGRAD_A 0.625
#define WINOGRAD_B 1.5

// Filters of 3×3 taps at any addresses, of 8 or 16 output channels.
typedef struct {
  const float *address;
  // From an input channel to the next, and from an output channel to the next.
  size_t input_step, output_step;
  size_t inputs, outputs;
  // Whether each filter is turned by 180°.
  bool is_turned;
} winograd_filters;

// G g Gᵀ of filters, for tiles of 2×2 or 4×4 outputs: point p of input channel c goes to target + p · step + 16 · c, with
// zeros for the output channels that are missing.
void winograd_filter(winograd_filters filters, size_t tile_outputs, float *target, size_t step);

// A plane of pixels, blocked by 8 channels, and where a tile begins in it: for inputs perhaps outside. A tile has 2×2 or
// 4×4 outputs, and 4×4 or 6×6 inputs.
typedef struct {
  size_t height, width, channel_blocks;
  size_t outputs;
  ptrdiff_t top, left;
} winograd_tile;

// Bᵀ d B of a tile of inputs, for all its channels: point p of block b goes to target + p · step + 8 · b,
// and behind the last point what is zero only where the channel is zero in all of the tile.
void winograd_input(winograd_tile tile, const float *source, float *target, size_t step);

// What follows Aᵀ m A.
typedef struct {
  // [channels], or NULL.
  const float *bias;
  // In the layout of the result, or NULL.
  const float *addend;
  float lower, upper;
} winograd_finish;

// min(max(Aᵀ m A + bias + addend, lower), upper) of a tile of outputs, cut off at the edges of the plane.
//
// products: point p of block b at products + p · step + 8 · b.
void winograd_output(
    winograd_tile tile, const float *products, size_t step, winograd_finish finish, float *target);

#endif
