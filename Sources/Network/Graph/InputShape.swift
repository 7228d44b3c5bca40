import Diagnostics

/// Which shape a model is read for.
enum InputShape {
  /// The shape of the only input: what is requested, or else what the model states; always one picture.
  ///
  /// - Throws: `Diagnostic` where there is not one input of rank 4, or the two contradict each other.
  static func resolve(_ inputs: [ONNXValueInfo], requested: [Int]?) throws(Diagnostic) -> [Int] {
    guard !inputs.isEmpty else { throw .error("the model has no input; an image classifier has one.") }
    guard inputs.count == 1 else {
      let names = inputs.map { "“\($0.name)”" }.joined(separator: ", ")
      throw .error(
        "the model has \(inputs.count) inputs (\(names)); an image classifier has one.")
    }
    let input = inputs[0]
    guard input.elementType ?? 1 == 1 else {
      throw .error(
        "the input “\(input.name)” does not take float32 values.", hint: "Export the model with a float32 input.")
    }
    guard let stated = input.shape ?? requested.map({ $0.map { .fixed($0) } }) else {
      throw .error("the model does not state the shape of its input.", hint: "Give `size` in the model card.")
    }
    guard stated.count == 4, requested?.count ?? 4 == 4 else {
      throw .error("the input “\(input.name)” has rank \(stated.count); pictures are [N, C, H, W].")
    }
    var shape: [Int] = []
    for (axis, dimension) in stated.enumerated() {
      switch (dimension, requested?[axis]) {
      case (_, _) where axis == 0: shape.append(1)
      case (.fixed(let size), let wanted?) where size > 0 && size != wanted:
        throw .error(
          "the model takes \(text(stated)), but \((requested ?? []).shapeText) was asked for.",
          hint: axis == 1
            ? "Check `channels` in the model card."
            : "Set `size: [\(text([stated[3]])), \(text([stated[2]]))]` in the model card.")
      case (.fixed(let size), _) where size > 0: shape.append(size)
      case (_, let wanted?): shape.append(wanted)
      default:
        throw .error(
          "the model leaves the size of its input open (\(text(stated))).", hint: "Give `size` in the model card.")
      }
    }
    guard shape.allSatisfy({ (1...(1 << 14)).contains($0) }) else {
      throw .error("the input shape \(shape.shapeText) is impossible.")
    }
    return shape
  }

  private static func text(_ shape: [ONNXValueInfo.Dimension]) -> String {
    shape.map { dimension in
      switch dimension {
      case .fixed(let size): String(size)
      case .named(let name): name
      }
    }.joined(separator: "×")
  }
}
