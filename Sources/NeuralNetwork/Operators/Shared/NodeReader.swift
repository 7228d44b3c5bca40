import Diagnostics

/// What an operator's builder reads of its node: attributes, constant inputs, and the operands of each run.
struct NodeReader {
  /// What stands at an input of the node.
  enum Input {
    case value(Int, shape: [Int])
    case constant(Constant)
    case omitted

    var shape: [Int]? {
      switch self {
      case .value(_, let shape): shape
      case .constant(let constant): constant.shape
      case .omitted: nil
      }
    }
  }

  var attributes: AttributeReader
  let inputs: [Input]
  /// How many outputs the node has, and how many of them somebody reads.
  let outputCount: Int
  let readOutputCount: Int
  /// Whether the operator is of the standard domain.
  let isStandard: Bool
  /// Version of the standard operator set.
  let opset: Int
  let decode: (ONNXTensor) throws -> Constant
  /// The operands taken so far.
  private(set) var operands: [Graph.Operand] = []

  init(
    _ node: ONNXNode, inputs: [Input], opset: Int, decode: @escaping (ONNXTensor) throws -> Constant
  ) {
    attributes = AttributeReader(node)
    self.inputs = inputs
    outputCount = node.outputs.count
    readOutputCount = node.outputs.count { !$0.isEmpty }
    isStandard = node.domain.isEmpty
    self.opset = opset
    self.decode = decode
  }

  var label: String { attributes.label }

  /// Whether input `index` is there.
  func has(_ index: Int) -> Bool {
    guard index < inputs.count else { return false }
    if case .omitted = inputs[index] { return false }
    return true
  }

  /// The shape of input `index`.
  func shape(_ index: Int) throws -> [Int] {
    guard index < inputs.count, let shape = inputs[index].shape else { throw missing(index) }
    return shape
  }

  /// Takes input `index` as an operand and returns its shape.
  @discardableResult
  mutating func operand(_ index: Int) throws -> [Int] {
    guard index < inputs.count else { throw missing(index) }
    switch inputs[index] {
    case .value(let value, let shape):
      operands.append(.value(value))
      return shape
    case .constant(let constant):
      operands.append(.constant(constant))
      return constant.shape
    case .omitted: throw missing(index)
    }
  }

  /// Takes input `index` as an operand, a constant of integers or truth values as float32, and returns its shape.
  @discardableResult
  mutating func floatOperand(_ index: Int) throws -> [Int] {
    guard isConstant(index) else { return try operand(index) }
    let constant = try constant(index, "operand")
    operands.append(
      .constant(constant.elementType == .float32 ? constant : Constant(shape: constant.shape, constant.floats)))
    return constant.shape
  }

  /// The constant at input `index`, or `nil` where the input is left out.
  func optionalConstant(_ index: Int, _ role: String) throws -> Constant? {
    guard has(index) else { return nil }
    guard case .constant(let constant) = inputs[index] else {
      throw Diagnostic.error(
        "\(label) takes its \(role) from another node; only a constant is supported there.",
        hint: "Export the model with constant folding and fixed input sizes.")
    }
    return constant
  }

  /// The constant at input `index`.
  func constant(_ index: Int, _ role: String) throws -> Constant {
    guard let constant = try optionalConstant(index, role) else { throw missing(index) }
    return constant
  }

  /// Whether input `index` is a constant.
  func isConstant(_ index: Int) -> Bool {
    guard index < inputs.count, case .constant = inputs[index] else { return false }
    return true
  }

  /// A list of integers that is an attribute in old operator sets and an input in new ones.
  mutating func integers(attribute: String, orInput index: Int) throws -> [Int]? {
    try attributes.integers(attribute) ?? optionalConstant(index, attribute)?.integers
  }

  /// A fault of this node.
  func fault(_ text: String, hint: String? = nil) -> Diagnostic {
    .error("\(label) \(text)", hint: hint)
  }

  private func missing(_ index: Int) -> Diagnostic {
    fault("lacks its input \(index).", hint: "The file is damaged.")
  }
}
