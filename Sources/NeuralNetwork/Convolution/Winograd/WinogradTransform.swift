import CKernels

/// The transforms of Winograd's minimal filtering F(m×m, 3×3), for tiles of 2×2 or 4×4 outputs: 16 products for 4 outputs,
/// or 36 for 16, where the definition of a convolution takes 9 for each.
///
/// y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A, for a tile d of inputs, a filter g of 3×3 and a tile y of outputs. The matrices follow
/// from the points at which polynomials are evaluated: 0, ±1 and ∞ for the small tile, and for the large one 0, ±a, ±b and
/// ∞. With the customary 1 and 2 the rounding error is twice that of 5/8 and 3/2, whose powers are exact in float32 too.
/// The transforms of inputs and outputs are in C, `winograd.c`.
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

  /// G g Gᵀ for one filter.
  ///
  /// - Parameters:
  ///   - filter: element i of the 3×3, row-major.
  ///   - store: takes element i of the transformed filter, row-major.
  @inline(__always)
  func transform(_ filter: (Int) -> Double, store: (Int, Float) -> Void) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 18) { left in
      for column in 0..<3 {
        weights((filter(column), filter(3 + column), filter(6 + column))) { left[$0 * 3 + column] = $1 }
      }
      for row in 0..<inputSize {
        weights((left[row * 3], left[row * 3 + 1], left[row * 3 + 2])) { store(row * inputSize + $0, Float($1)) }
      }
    }
  }

  /// G g for one column g, in double precision: it is applied once.
  @inline(__always)
  private func weights(_ g: (Double, Double, Double), store: (Int, Double) -> Void) {
    store(inputSize - 1, g.2)
    switch self {
    case .small:
      store(0, g.0)
      store(1, (g.0 + g.1 + g.2) / 2)
      store(2, (g.0 - g.1 + g.2) / 2)
    case .large:
      let (a, b) = (WINOGRAD_A, WINOGRAD_B)
      let scaleA = 1 / (2 * a * a * (a * a - b * b))
      let scaleB = 1 / (2 * b * b * (b * b - a * a))
      let (evenA, oddA) = ((g.0 + g.2 * (a * a)) * scaleA, g.1 * (a * scaleA))
      let (evenB, oddB) = ((g.0 + g.2 * (b * b)) * scaleB, g.1 * (b * scaleB))
      store(0, g.0 / (a * a * b * b))
      store(1, evenA + oddA)
      store(2, evenA - oddA)
      store(3, evenB + oddB)
      store(4, evenB - oddB)
    }
  }
}
