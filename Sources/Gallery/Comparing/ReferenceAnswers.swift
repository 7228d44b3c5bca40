import Diagnostics
import Imaging
import NeuralNetwork

/// What somebody’s own model says of one input, saved from Python.
struct ReferenceAnswers {
  /// What went into the model, [1, C, H, W].
  let input: Tensor
  /// The picture that it was made from, where that was saved too.
  let picture: Image?
  /// What came out: one score for each class.
  let logits: [Float]
  /// The class that the gradients belong to.
  let target: Int?
  /// ∂y^c/∂x, in the input’s shape.
  let inputGradient: Tensor?
  /// A^k, the activation at a layer.
  let activation: Tensor?
  /// ∂y^c/∂A^k.
  let layerGradient: Tensor?

  /// The names that arrays have in the file.
  private static let names = [
    "input", "logits", "target", "image", "input_gradient", "activation", "layer_gradient",
  ]

  /// Reads a .npz file.
  ///
  /// - Throws: `DiagnosticList` with all that is missing or no answer.
  init(contentsOfFile path: String) throws {
    let place = SourceLocation(file: path)
    var faults = DiagnosticList()
    let arrays: [String: Tensor]
    do throws(Diagnostic) {
      arrays = try TensorArchive(contentsOfFile: path).tensors
    } catch {
      throw DiagnosticList([error])
    }
    for name in arrays.keys.sorted() where !Self.names.contains(name) {
      faults.append(
        .error(
          "“\(name)” is no array that is compared.", at: place, hint: Suggestion.hint(for: name, in: Self.names)))
    }
    for name in arrays.keys.sorted() {
      guard let position = arrays[name]?.values.firstIndex(where: { !$0.isFinite }) else { continue }
      faults.append(
        .error("“\(name)” has a value that is not finite, the first as its number \(position + 1).", at: place))
    }
    for name in ["input", "logits"] where arrays[name] == nil {
      faults.append(
        .error(
          "The archive has no “\(name)”.", at: place,
          hint: "`sitegen model check` without --against prints the lines of Python that save it."))
    }
    if let logits = arrays["logits"], logits.shape.dropLast().contains(where: { $0 != 1 }) {
      faults.append(
        .error(
          "“logits” has shape \(logits.shape), which is no score for each class of one picture.", at: place,
          hint: logits.shape.count == 2 ? "Save those of one picture: `y[:1]`." : nil))
    }
    let number = arrays["target"].flatMap { $0.values.count == 1 ? Int(exactly: $0.values[0]) : nil }
    if arrays["target"] != nil, number.map({ $0 < 0 }) ?? true {
      faults.append(.error("“target” is no index of a class.", at: place))
    }
    if arrays["target"] == nil, arrays["input_gradient"] ?? arrays["layer_gradient"] != nil {
      faults.append(
        .error("The archive does not say which class the gradients belong to.", at: place, hint: "Save it as `target`.")
      )
    }
    picture = try faults.collect(at: place) { try arrays["image"].map(Image.init(pixels:)) } ?? nil
    guard !faults.hasErrors, let input = arrays["input"], let logits = arrays["logits"] else { throw faults }
    (self.input, self.logits, target) = (input, logits.values, number)
    (inputGradient, activation, layerGradient) = (
      arrays["input_gradient"], arrays["activation"], arrays["layer_gradient"]
    )
  }
}

extension Image {
  /// A picture of 8-bit samples as Pillow and NumPy have it: [H, W, 3], or [H, W] where it is grey.
  fileprivate init(pixels tensor: Tensor) throws {
    let isGray = tensor.shape.count == 2
    guard isGray || tensor.shape.count == 3 && tensor.shape[2] == 3,
      tensor.values.allSatisfy({ (0...255).contains($0) && $0 == $0.rounded() })
    else {
      throw Diagnostic.error(
        "“image” is no picture: its shape is \(tensor.shape), and whole numbers from 0 to 255 in [H, W, 3] are expected.",
        hint: "Save what `PIL.Image.open(…).convert(\"RGB\")` gives.")
    }
    let samples = tensor.values.map { UInt8($0) }
    try self.init(
      width: tensor.shape[1], height: tensor.shape[0],
      pixels: isGray ? samples.flatMap { [$0, $0, $0] } : samples)
  }
}
