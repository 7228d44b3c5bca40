import Diagnostics

/// Which of a model's inputs is the picture, and what the others are given.
struct GivenInputs {
  private let given: [String: FurtherInput]

  init(_ given: [String: FurtherInput]) { self.given = given }

  /// The inputs that are always the same, as constants of the element types that the model states.
  ///
  /// - Throws: `Diagnostic` for a name that there is not, or a tensor that does not fit.
  func constants(_ inputs: [ONNXValueInfo]) throws(Diagnostic) -> [String: Constant] {
    for name in given.keys.sorted() where !inputs.contains(where: { $0.name == name }) {
      throw .error(
        "the model has no input “\(name)”.", hint: Suggestion.hint(for: name, in: inputs.map(\.name)))
    }
    var constants: [String: Constant] = [:]
    for input in inputs {
      guard case .tensor(let tensor)? = given[input.name] else { continue }
      try input.check(tensor.shape)
      constants[input.name] = try input.constant(tensor)
    }
    return constants
  }

  /// The picture among the inputs that are not constant: the one that nothing is given to.
  ///
  /// - Throws: `Diagnostic` where there is not one.
  func picture(_ inputs: [ONNXValueInfo]) throws(Diagnostic) -> ONNXValueInfo {
    let open = inputs.filter { given[$0.name] == nil }
    if open.count == 1 { return open[0] }
    let names = open.map { StatedInput($0).description }.joined(separator: ", ")
    if !given.isEmpty {
      throw open.isEmpty
        ? .error("every input is given something; one must be left for the picture.")
        : .error("the inputs \(names) are given nothing.", hint: "Give something to all but the picture.")
    }
    guard !open.isEmpty else { throw .error("the model has no input; an image classifier has one.") }
    throw .error(
      "the model has \(open.count) inputs: \(names); an image classifier has one.",
      hint: "Say what all but the picture are given: with `inputs:` in the model card, or with --input.")
  }

  /// The shape of an input that each run gives.
  func shape(of input: ONNXValueInfo) throws(Diagnostic) -> [Int]? {
    guard case .shape(let shape)? = given[input.name] else { return nil }
    try input.check(shape)
    return shape
  }
}

extension ONNXValueInfo {
  /// - Throws: `Diagnostic` where the input takes another shape.
  fileprivate func check(_ shape: [Int]) throws(Diagnostic) {
    guard let stated = self.shape else { return }
    let fits =
      stated.count == shape.count
      && zip(stated, shape).allSatisfy { if case .fixed(let size) = $0, size > 0 { size == $1 } else { $1 > 0 } }
    guard !fits else { return }
    let text = stated.map { if case .fixed(let size) = $0 { String(size) } else { "N" } }.joined(separator: "×")
    throw .error("the input “\(name)” takes \(text), and was given \(shape.shapeText).")
  }

  /// The tensor as the input's element type has it.
  fileprivate func constant(_ tensor: Tensor) throws(Diagnostic) -> Constant {
    let number = elementType ?? DataType.float32.rawValue
    guard let type = DataType(rawValue: number), isTensor else {
      throw .error("the input “\(name)” takes no tensor of numbers, which alone can be given.")
    }
    if type.isFloatingPoint {
      if let position = tensor.values.firstIndex(where: \.isNaN) {
        throw .error("element \(position) of the input “\(name)” is not a number.")
      }
      return Constant(shape: tensor.shape, tensor.values)
    }
    if type == .bool { return Constant(shape: tensor.shape, booleans: tensor.values.map { $0 != 0 }) }
    var integers: [Int64] = []
    for (position, value) in tensor.values.enumerated() {
      guard let integer = Int64(exactly: value) else {
        throw .error("element \(position) of the input “\(name)” is \(value), and it takes whole numbers.")
      }
      integers.append(integer)
    }
    return Constant(shape: tensor.shape, integers)
  }
}
