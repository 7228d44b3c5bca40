@testable import NeuralNetwork

/// Makes a model out of any bytes: operators, attributes, shapes and constants as the bytes say, some of them hostile.
///
/// Flipped bits of a file seldom make another file; flipped bits of these choices always make another model.
struct ModelFromBytes {
  private var bytes: ArraySlice<UInt8>
  private var model: ONNXBuilder
  /// The tensors so far, the newest last.
  private var tensors = ["x"]

  private static let operators: [(name: String, attributes: [(String, Kind)])] = [
    (
      "Conv",
      [
        ("group", .integer), ("strides", .list), ("dilations", .list), ("pads", .list), ("kernel_shape", .list),
        ("auto_pad", .padding),
      ]
    ),
    (
      "MaxPool",
      [
        ("kernel_shape", .list), ("strides", .list), ("dilations", .list), ("pads", .list), ("ceil_mode", .flag),
        ("auto_pad", .padding),
      ]
    ),
    (
      "AveragePool",
      [
        ("kernel_shape", .list), ("strides", .list), ("dilations", .list), ("pads", .list), ("ceil_mode", .flag),
        ("count_include_pad", .flag), ("auto_pad", .padding),
      ]
    ),
    ("GlobalMaxPool", []), ("GlobalAveragePool", []),
    ("Gemm", [("transA", .flag), ("transB", .flag), ("alpha", .float), ("beta", .float)]), ("MatMul", []), ("Add", []),
    ("Sub", []), ("Mul", []), ("Div", []), ("Sum", []), ("Concat", [("axis", .integer)]),
    ("Flatten", [("axis", .integer)]), ("Reshape", [("allowzero", .flag)]), ("Squeeze", [("axes", .list)]),
    ("Unsqueeze", [("axes", .list)]), ("Transpose", [("perm", .list)]), ("BatchNormalization", [("epsilon", .float)]),
    ("LRN", [("size", .integer), ("alpha", .float), ("beta", .float), ("bias", .float)]), ("Dropout", []),
    ("Softmax", [("axis", .integer)]),
    ("ReduceMean", [("axes", .list), ("keepdims", .flag), ("noop_with_empty_axes", .flag)]),
    ("Pad", [("pads", .list), ("mode", .mode), ("value", .float)]), ("Identity", []), ("Relu", []),
    ("Clip", [("min", .float), ("max", .float)]), ("Constant", [("value_ints", .list), ("value_float", .float)]),
    ("ConstantOfShape", []),
  ]

  /// Every other operator that the program knows; most take none of these attributes, some one or two.
  private static let others = OperatorTable.builders.keys.sorted().filter { name in
    !operators.contains { $0.name == name }
  }
  private static let otherAttributes: [(String, Kind)] = [
    ("axis", .integer), ("axes", .list), ("keepdims", .flag), ("alpha", .float), ("blocksize", .integer),
    ("split", .list),
    ("to", .integer), ("num_groups", .integer), ("epsilon", .float), ("k", .integer), ("largest", .flag),
    ("p", .integer),
    ("batch_dims", .integer), ("exclusive", .flag), ("reverse", .flag), ("upper", .flag), ("fmod", .flag),
  ]

  private enum Kind {
    case integer, list, flag, float, padding, mode
  }

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    model = ONNXBuilder()
  }

  /// The model's file.
  mutating func build() -> [UInt8] {
    model = ONNXBuilder(opset: pick([17, 11, 9, 12, 13, 18, 22]))
    model.input("x", [1, 1 + below(9), 1 + below(7), 1 + below(7)])
    for index in 0..<below(5) { addConstant("c\(index)") }
    for index in 0...below(4) { addNode("n\(index)") }
    model.node("Flatten", [tensors.last ?? "x"], ["classes"], ["axis": 0])
    model.output("classes")
    return model.bytes
  }

  private mutating func addConstant(_ name: String) {
    let shape = (0..<below(6)).map { _ in below(16) == 0 ? below(20) : 1 + below(5) }
    let count = min(shape.reduce(1, *), 4096)
    switch below(4) {
    case 0, 1: model.constant(name, shape, (0..<count).map { Float($0 % 7) - 3 })
    case 2:
      let values = (0..<below(9)).map { _ in number() }
      model.integers(name, values)
    default:
      model.constant(
        ONNXTensorLiteral(shape: shape, dataType: 9, name: name) { $0.bytes(9, [UInt8](repeating: 1, count: count)) })
    }
    tensors.insert(name, at: 0)
  }

  private mutating func addNode(_ name: String) {
    let isOther = below(2) == 0
    let (operatorType, known) = isOther ? (pick(Self.others), []) : pick(Self.operators)
    var inputs = [below(4) == 0 ? pick(tensors) : tensors.last ?? "x"]
    for _ in 0..<below(5) { inputs.append(below(8) == 0 ? "" : pick(tensors)) }
    var attributes: [String: ONNXAttributeLiteral] = [:]
    for (attribute, kind) in known where below(2) == 0 { attributes[attribute] = literal(kind) }
    if isOther, below(2) == 0 {
      let (attribute, kind) = pick(Self.otherAttributes)
      attributes[attribute] = literal(kind)
    }
    model.node(operatorType, inputs, [name], attributes)
    tensors.append(name)
  }

  private mutating func literal(_ kind: Kind) -> ONNXAttributeLiteral {
    switch kind {
    case .integer: .integer(number())
    case .list: .integers((0..<below(9)).map { _ in number() })
    case .flag: .integer(below(2))
    case .float: .float(pick([1, 0, -1, 0.5, .nan, .infinity, 1e38]))
    case .padding: .string(pick(["SAME_UPPER", "SAME_LOWER", "VALID", "NOTSET"]))
    case .mode: .string(pick(["reflect", "edge", "wrap", "constant"]))
    }
  }

  /// Mostly a small number.
  private mutating func number() -> Int {
    guard below(16) == 0 else { return below(8) - 2 }
    return pick([Int.max, Int.min, -1, 1 << 20, 1 << 31, 1 << 32, 1 << 40, (1 << 20) - 1, 100, -100, 1000])
  }

  private mutating func below(_ limit: Int) -> Int { Int(bytes.popFirst() ?? 0) % limit }

  private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
