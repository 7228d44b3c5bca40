/// The transforms of Winograd's minimal filtering F(m×m, 3×3), for tiles of 2×2 or 4×4 outputs: 16 products for 4 outputs,
/// or 36 for 16, where the definition of a convolution takes 9 for each.
///
/// y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A, for a tile d of inputs, a filter g of 3×3 and a tile y of outputs. The matrices follow
/// from the points at which polynomials are evaluated: 0, ±1 and ∞ for the small tile, and for the large one 0, ±a, ±b and
/// ∞. With the customary 1 and 2 the rounding error is twice that of 5/8 and 3/2, whose powers are exact in float32 too.
/// The transforms are in C, `winograd.c` and `winograd_filters.c`.
///
/// Source: Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, 2016; the choice of points: Barabasz et
/// al., Error Analysis and Improving the Accuracy of Winograd Convolution for Deep Neural Networks, 2020.
enum WinogradTransform: Int {
  case small = 2
  case large = 4

  /// Width and height of a tile of outputs.
  var outputSize: Int { rawValue }
  /// Width and height of a tile of inputs.
  var inputSize: Int { outputSize + 2 }
  /// Points, and so products for each tile and pair of channels.
  var pointCount: Int { inputSize * inputSize }
}
