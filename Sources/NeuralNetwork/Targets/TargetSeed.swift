/// A target as a function of one tensor x: y = offset + Σ w · x.
struct TargetSeed {
  /// The value that x is, where gradients begin.
  let root: Int
  private let offset: Float
  private let weights: Weights

  private enum Weights {
    /// That of one element; all others are zero.
    case one(Int, Float)
    case all([Float])
  }

  /// One element.
  init(root: Int, element: Int, weight: Float = 1, offset: Float = 0) {
    (self.root, self.offset, weights) = (root, offset, .one(element, weight))
  }

  /// A weighted sum of all elements.
  init(root: Int, weights: [Float]) {
    (self.root, offset, self.weights) = (root, 0, .all(weights))
  }

  /// y.
  func value(_ x: [Float]) -> Float {
    switch weights {
    case .one(let element, let weight): offset + weight * x[element]
    case .all(let weights): Float(zip(weights, x).reduce(0) { $0 + Double($1.0) * Double($1.1) })
    }
  }

  /// Writes ∂y/∂x over zeros that begin at `start`.
  func write(to gradient: inout [Float], at start: Int) {
    switch weights {
    case .one(let element, let weight): gradient[start + element] = weight
    case .all(let weights): gradient.replaceSubrange(start..<(start + weights.count), with: weights)
    }
  }
}
