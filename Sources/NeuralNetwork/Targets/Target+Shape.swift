public import Diagnostics

extension Target {
  /// Makes sure that a tensor of a shape has this target.
  ///
  /// - Throws: `Diagnostic` where it has not.
  public func check(shape: [Int]) throws(Diagnostic) {
    switch self {
    case .class: break
    case .element(_, let place): _ = try offset(of: place, in: shape)
    case .weightedSum(let name, let weights, _): try check(weights: weights, of: name, shape: shape)
    }
  }

  /// - Throws: `Diagnostic` where the weights are no weights of a tensor of this shape.
  func check(weights: Tensor, of name: String, shape: [Int]) throws(Diagnostic) {
    guard weights.shape == shape else {
      throw .error(
        "the weights of “\(name)” have shape \(weights.shape.shapeText), and the tensor has \(shape.shapeText).",
        hint: "Give weights of the tensor's own shape.")
    }
    if let position = weights.values.firstIndex(where: { !$0.isFinite }) {
      throw .error(
        "element \(position) of the weights of “\(name)” is \(weights.values[position]), no finite number.",
        hint: "Give finite weights.")
    }
    guard weights.values.contains(where: { $0 != 0 }) else {
      throw .error(
        "the weights of “\(name)” are all zero, so that there is nothing to explain.",
        hint: "Give at least one element a weight.")
    }
  }

  /// The row-major offset of the element that the target names, in a tensor of a shape.
  func offset(of place: [Int], in shape: [Int]) throws(Diagnostic) -> Int {
    let axes = shape.withoutBatch
    guard place.count == axes.count else {
      throw .error(
        "“\(self)” has \(place.count == 1 ? "1 index" : "\(place.count) indices"), and a tensor of shape "
          + "\(shape.shapeText) takes \(axes.count), those behind the batch axis.",
        hint: tensorName.map { "Try “\(Target.element(of: $0, at: axes.map { _ in 0 }))”." })
    }
    for (index, size) in zip(place, axes) where !(0..<size).contains(index) {
      throw .error(
        "“\(self)” lies outside of the tensor, whose shape is \(shape.shapeText).",
        hint: tensorName.map {
          "Indices count from 0; the last element is “\(Target.element(of: $0, at: axes.map { $0 - 1 }))”."
        })
    }
    return zip(place, axes.rowMajorStrides).reduce(0) { $0 + $1.0 * $1.1 }
  }
}

extension [Int] {
  /// The axes behind that of a batch of one, which a tensor of rank 1 or 0 lacks.
  var withoutBatch: [Int] { count > 1 && self[0] == 1 ? Array(dropFirst()) : self }
}
