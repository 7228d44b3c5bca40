import Diagnostics

/// Which shape a model is read for.
struct InputShape {
  /// [1, C, H, W], whatever the model's own order.
  let shape: [Int]
  /// Whether the model takes [1, H, W, C], as TensorFlow's do.
  let isChannelsLast: Bool
  /// How many pictures the file takes at a time, if that is fixed.
  let statedBatch: Int?
  /// What the model's file takes; here all of it is float32.
  let elementType: InputElementType

  /// The shape in the model's own order.
  var graphShape: [Int] { isChannelsLast ? Self.channelsLast(shape) : shape }

  /// Resolves the picture's input: what is requested, or else what the model states; always one picture.
  ///
  /// - Parameters:
  ///   - requested: [1, C, H, W], all of which the model must take.
  ///   - openSizes: [1, C, H, W], for what the model leaves open and nobody requests.
  /// - Throws: `Diagnostic` where it has not rank 4, or the two contradict each other.
  init(_ input: ONNXValueInfo, requested: [Int]?, openSizes: [Int]? = nil) throws(Diagnostic) {
    elementType = try Self.elementType(of: input)
    guard let stated = input.shape ?? (requested ?? openSizes).map({ $0.map { .fixed($0) } }) else {
      throw .error("the model does not state the shape of its input.", hint: "Give `size` in the model card.")
    }
    guard stated.count == 4, requested?.count ?? 4 == 4, openSizes?.count ?? 4 == 4 else {
      throw .error("the input “\(input.name)” has rank \(stated.count); pictures are [N, C, H, W].")
    }
    isChannelsLast = Self.isChannelsLast(stated)
    statedBatch = if case .fixed(let size) = stated[0], size > 0 { size } else { nil }
    let wanted = isChannelsLast ? requested.map(Self.channelsLast) : requested
    let offered = isChannelsLast ? openSizes.map(Self.channelsLast) : openSizes
    let (channels, height, width) = isChannelsLast ? (3, 1, 2) : (1, 2, 3)
    var sizes = [1]
    for axis in 1..<4 {
      switch (stated[axis], wanted?[axis]) {
      case (.fixed(let size), let other?) where size > 0 && size != other:
        throw .error(
          "the model takes \(Self.text(stated)), but \((wanted ?? []).shapeText) was asked for.",
          hint: axis == channels
            ? size == 1 || size == 3
              ? "Check `channels` in the model card."
              : "Pictures have 1 or 3 channels: explain a .npy tensor, with the .onnx file itself as the model."
            : "Set `size: [\(Self.text([stated[width]])), \(Self.text([stated[height]]))]` in the model card.")
      case (.fixed(let size), _) where size > 0: sizes.append(size)
      case (_, let size?): sizes.append(size)
      case (_, nil) where offered != nil: sizes.append(offered?[axis] ?? 0)
      default:
        throw .error(
          "the model leaves the size of its input open (\(Self.text(stated))).",
          hint: "Give `size` in the model card, or explain a .npy tensor.")
      }
    }
    guard sizes.allSatisfy({ (1...(1 << 14)).contains($0) }) else {
      throw .error("the input shape \(sizes.shapeText) is impossible.")
    }
    shape = [1, sizes[channels], sizes[height], sizes[width]]
  }

  private static func elementType(of input: ONNXValueInfo) throws(Diagnostic) -> InputElementType {
    let number = input.elementType ?? 1
    if let type = InputElementType(onnx: number) { return type }
    let names: [Int64: String] = [8: "strings", 9: "truth values", 14: "complex numbers", 15: "complex numbers"]
    throw .error(
      "the input “\(input.name)” takes \(names[number] ?? "values of element type \(number)"), which no picture is made of.",
      hint: "Export the model with a float32 input.")
  }

  /// Whether the last axis has as many elements as pictures have channels, 1 to 4, the second has not, and the sides
  /// that this makes are longer, or open.
  private static func isChannelsLast(_ stated: [ONNXValueInfo.Dimension]) -> Bool {
    guard case .fixed(let channels) = stated[3], (1...4).contains(channels) else { return false }
    if case .fixed(1...4) = stated[1] { return false }
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
