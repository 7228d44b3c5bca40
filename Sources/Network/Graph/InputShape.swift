import Diagnostics

/// Which shape a model is read for.
struct InputShape {
  /// [1, C, H, W], whatever the model's own order.
  let shape: [Int]
  /// Whether the model takes [1, H, W, C], as TensorFlow's do.
  let isChannelsLast: Bool

  /// The shape in the model's own order.
  var graphShape: [Int] { isChannelsLast ? Self.channelsLast(shape) : shape }

  /// Resolves the only input: what is requested, or else what the model states; always one picture.
  ///
  /// - Parameter requested: [1, C, H, W].
  /// - Throws: `Diagnostic` where there is not one input of rank 4, or the two contradict each other.
  init(_ inputs: [ONNXValueInfo], requested: [Int]?) throws(Diagnostic) {
    let input = try Self.onlyInput(inputs)
    guard let stated = input.shape ?? requested.map({ $0.map { .fixed($0) } }) else {
      throw .error("the model does not state the shape of its input.", hint: "Give `size` in the model card.")
    }
    guard stated.count == 4, requested?.count ?? 4 == 4 else {
      throw .error("the input “\(input.name)” has rank \(stated.count); pictures are [N, C, H, W].")
    }
    isChannelsLast = Self.isChannelsLast(stated)
    let wanted = isChannelsLast ? requested.map(Self.channelsLast) : requested
    let (channels, height, width) = isChannelsLast ? (3, 1, 2) : (1, 2, 3)
    var sizes = [1]
    for axis in 1..<4 {
      switch (stated[axis], wanted?[axis]) {
      case (.fixed(let size), let other?) where size > 0 && size != other:
        throw .error(
          "the model takes \(Self.text(stated)), but \((wanted ?? []).shapeText) was asked for.",
          hint: axis == channels
            ? "Check `channels` in the model card."
            : "Set `size: [\(Self.text([stated[width]])), \(Self.text([stated[height]]))]` in the model card.")
      case (.fixed(let size), _) where size > 0: sizes.append(size)
      case (_, let size?): sizes.append(size)
      default:
        throw .error(
          "the model leaves the size of its input open (\(Self.text(stated))).", hint: "Give `size` in the model card.")
      }
    }
    guard sizes.allSatisfy({ (1...(1 << 14)).contains($0) }) else {
      throw .error("the input shape \(sizes.shapeText) is impossible.")
    }
    shape = [1, sizes[channels], sizes[height], sizes[width]]
  }

  private static func onlyInput(_ inputs: [ONNXValueInfo]) throws(Diagnostic) -> ONNXValueInfo {
    guard !inputs.isEmpty else { throw .error("the model has no input; an image classifier has one.") }
    guard inputs.count == 1 else {
      let names = inputs.map { "“\($0.name)”" }.joined(separator: ", ")
      throw .error(
        "the model has \(inputs.count) inputs (\(names)); an image classifier has one.")
    }
    guard inputs[0].elementType ?? 1 == 1 else {
      throw .error(
        "the input “\(inputs[0].name)” does not take float32 values.", hint: "Export the model with a float32 input.")
    }
    return inputs[0]
  }

  /// Whether the last axis has as many elements as pictures have channels, 1 or 3, the second has not, and the sides
  /// that this makes are longer, or open.
  private static func isChannelsLast(_ stated: [ONNXValueInfo.Dimension]) -> Bool {
    guard case .fixed(let channels) = stated[3], channels == 1 || channels == 3 else { return false }
    guard stated[1] != .fixed(1), stated[1] != .fixed(3) else { return false }
    return stated[1...2].allSatisfy { side in
      if case .fixed(let size) = side, size > 0 { size > channels } else { true }
    }
  }

  /// [N, C, H, W] as [N, H, W, C].
  private static func channelsLast(_ shape: [Int]) -> [Int] { [shape[0], shape[2], shape[3], shape[1]] }

  private static func text(_ shape: [ONNXValueInfo.Dimension]) -> String {
    shape.map { dimension in
      switch dimension {
      case .fixed(let size): String(size)
      case .named(let name): name
      }
    }.joined(separator: "×")
  }
}
