import CKernels

/// The transforms of Winograd's minimal filtering F(4×4, 3×3): 36 products for 16 outputs, where the definition of a
/// convolution takes 144.
///
/// y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A, for a tile d of 6×6 inputs, a filter g of 3×3 and a tile y of 4×4 outputs. The matrices
/// follow from the points 0, ±a, ±b and ∞ at which polynomials are evaluated. With the customary 1 and 2 the rounding
/// error is twice that of 5/8 and 3/2, whose powers are exact in float32 too. The transforms of inputs and outputs are in
/// C, `winograd.c`.
///
/// Source: Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, 2016; the choice of points: Barabasz et
/// al., Error Analysis and Improving the Accuracy of Winograd Convolution for Deep Neural Networks, 2020.
enum WinogradTransform {
  /// Width and height of a tile of outputs.
  static let outputSize = 4
  /// Width and height of a tile of inputs.
  static let inputSize = 6
  /// Points, and so products for each tile and pair of channels.
  static let pointCount = inputSize * inputSize

  /// G g Gᵀ for one filter.
  ///
  /// - Parameters:
  ///   - filter: element i of the 3×3, row-major.
  ///   - store: takes element i of the 6×6, row-major.
  @inline(__always)
  static func transform(_ filter: (Int) -> Double, store: (Int, Float) -> Void) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 18) { left in
      for column in 0..<3 {
        let g = (filter(column), filter(3 + column), filter(6 + column))
        let rows = weights(g)
        left[column] = rows.0
        left[3 + column] = rows.1
        left[6 + column] = rows.2
        left[9 + column] = rows.3
        left[12 + column] = rows.4
        left[15 + column] = rows.5
      }
      for row in 0..<6 {
        let u = weights((left[row * 3], left[row * 3 + 1], left[row * 3 + 2]))
        store(row * 6, Float(u.0))
        store(row * 6 + 1, Float(u.1))
        store(row * 6 + 2, Float(u.2))
        store(row * 6 + 3, Float(u.3))
        store(row * 6 + 4, Float(u.4))
        store(row * 6 + 5, Float(u.5))
      }
    }
  }

  /// G g for one column g, in double precision: it is applied once.
  @inline(__always)
  private static func weights(_ g: (Double, Double, Double)) -> (Double, Double, Double, Double, Double, Double) {
    let (a, b) = (WINOGRAD_A, WINOGRAD_B)
    let scaleA = 1 / (2 * a * a * (a * a - b * b))
    let scaleB = 1 / (2 * b * b * (b * b - a * a))
    let (evenA, oddA) = ((g.0 + g.2 * (a * a)) * scaleA, g.1 * (a * scaleA))
    let (evenB, oddB) = ((g.0 + g.2 * (b * b)) * scaleB, g.1 * (b * scaleB))
    return (g.0 / (a * a * b * b), evenA + oddA, evenA - oddA, evenB + oddB, evenB - oddB, g.2)
  }
}
