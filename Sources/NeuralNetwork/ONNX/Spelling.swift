/// An operator spelled out in others of the standard: what fused and newer operators are translated to, so that their
/// rectifiers, gradients and inner tensors are those of the operators that they stand for.
struct Spelling {
  /// Version of the standard operator set in which the nodes are written.
  static let opset = 24

  private(set) var nodes: [ONNXNode] = []
  /// How many nodes there are of each operator.
  private var counts: [String: Int] = [:]
  /// Names of the outputs.
  var outputs: [String] = []

  /// The name of the operator's input `index` inside.
  static func input(_ index: Int) -> String { "input \(index)" }

  /// Adds a node with one output.
  ///
  /// - Returns: the output's name.
  mutating func add(_ operatorType: String, _ inputs: [String], _ attributes: [ONNXAttribute] = []) -> String {
    let name = name(operatorType)
    nodes.append(ONNXNode(operatorType, inputs, [name], name: name, attributes: attributes))
    return name
  }

  /// Adds a node with several outputs.
  mutating func add(
    _ operatorType: String, _ inputs: [String], outputCount: Int, _ attributes: [ONNXAttribute] = []
  ) -> [String] {
    let name = name(operatorType)
    let outputs = (0..<outputCount).map { "\(name) output \($0)" }
    nodes.append(ONNXNode(operatorType, inputs, outputs, name: name, attributes: attributes))
    return outputs
  }

  /// `Add`, `Add2`, …
  private mutating func name(_ operatorType: String) -> String {
    let count = counts[operatorType, default: 0]
    counts[operatorType] = count + 1
    return count == 0 ? operatorType : "\(operatorType)\(count + 1)"
  }

  /// Adds a constant.
  mutating func constant(_ tensor: ONNXTensor) -> String {
    add("Constant", [], [ONNXAttribute("value", tensor: tensor)])
  }

  /// Adds a list of integers.
  mutating func constant(_ integers: [Int]) -> String {
    constant(ONNXTensor(shape: [integers.count], integers: integers))
  }

  /// Adds a number.
  mutating func constant(_ value: Float) -> String { constant(ONNXTensor(shape: [], [value])) }
}
