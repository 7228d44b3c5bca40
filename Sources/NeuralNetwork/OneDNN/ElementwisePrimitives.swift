/// A function of one element.
enum ElementwiseFunction: Hashable {
  case relu
  case clip(lower: Float, upper: Float)

  /// What the function cuts to.
  var limits: (lower: Float, upper: Float) {
    switch self {
    case .relu: (0, .infinity)
    case .clip(let lower, let upper): (lower, upper)
    }
  }

  /// Whether anything is cut from above.
  var isBounded: Bool { limits.upper < .greatestFiniteMagnitude }
}
