/// What a builder makes of a node.
enum Translation {
  /// An operation for each run.
  case operation(any Operator)
  /// Outputs that are known already.
  case constants([Constant])
  /// The output is the input: nothing happens at inference.
  case identity
  /// The first output is the input, and the others are known already.
  case identityBeside([Constant])
  /// Other operators stand for it.
  case spelling(Spelling)
}

/// Says which builder makes an operator from a given version of the operator set on.
struct Registration: Sendable {
  /// What an operator does with gradients.
  enum Gradient: String {
    /// It has one.
    case full = "yes"
    /// It steps or counts, so that nothing passes.
    case none = "passes nothing"
    /// It runs on shapes and constants alone, when the model is loaded.
    case constant = "constants only"
  }

  let operatorType: String
  /// The operator set that it belongs to; "" is the standard one.
  let domain: String
  /// The first operator-set version with this meaning.
  let since: Int
  let gradient: Gradient
  let build: @Sendable (inout NodeReader) throws -> Translation

  init(
    _ operatorType: String, domain: String = "", since: Int = 1, gradient: Gradient = .full,
    _ build: @escaping @Sendable (inout NodeReader) throws -> Translation
  ) {
    self.operatorType = operatorType
    self.domain = domain
    self.since = since
    self.gradient = gradient
    self.build = build
  }
}
