import Diagnostics

/// What stands in the place of a model's weights.
///
/// A tensor is asked for once, however often the file is read.
final class ReplacedWeights {
  private let transform: (_ name: String, _ weights: Tensor) throws -> Tensor
  private var known: [String: Constant] = [:]

  init(_ transform: @escaping (_ name: String, _ weights: Tensor) throws -> Tensor) { self.transform = transform }

  /// The weights to use for those that the file has under a name; itself where it holds no floats.
  ///
  /// - Throws: `Diagnostic` where the new ones have another shape.
  func replacement(for constant: Constant, named name: String) throws -> Constant {
    guard constant.elementType == .float32 else { return constant }
    if let known = known[name] { return known }
    let replacement = try transform(name, Tensor(shape: constant.shape, constant.floats))
    guard replacement.shape == constant.shape else {
      throw Diagnostic.error(
        "the weights “\(name)” were replaced by \(replacement.shape.shapeText), and have shape \(constant.shape.shapeText).",
        hint: "Replace weights by a tensor of the same shape.")
    }
    let result = Constant(shape: replacement.shape, replacement.values)
    known[name] = result
    return result
  }
}
