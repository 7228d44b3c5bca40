/// A model as a list of operations in an order in which they can run, with every shape known.
struct Graph {
  /// A tensor that an operation computes, or an input of the graph.
  struct Value {
    /// The tensor's name in the model.
    let name: String
    let shape: [Int]
  }

  /// What an operation reads.
  enum Operand {
    case value(Int)
    case constant(Constant)

    /// Whether it is known when the model is loaded.
    var isConstant: Bool { if case .constant = self { true } else { false } }
  }

  struct Node {
    /// The node's name in the model, or its first output's where it has none.
    let name: String
    /// The ONNX operator, such as `Conv`.
    let operatorType: String
    let operation: any Operator
    let operands: [Operand]
    let outputs: [Int]

    /// The values among the operands.
    var inputs: [Int] {
      operands.compactMap { if case .value(let value) = $0 { value } else { nil } }
    }
  }

  /// Where the model comes from.
  struct Origin {
    /// The exporter and its version, as far as the file names them.
    var producer = ""
    /// Version of the standard operator set.
    var opset = 0
  }

  var origin = Origin()
  /// Whether the picture is [N, H, W, C].
  var takesChannelsLast = false
  var values: [Value] = []
  var nodes: [Node] = []
  /// The picture first.
  var inputs: [Int] = []
  var outputs: [(name: String, operand: Operand)] = []
  /// Every name of a tensor or a node, to the value that it means. Operations that change nothing at inference share
  /// their input's value.
  var names: [String: Int] = [:]

  /// The values of the outputs that are computed.
  var outputValues: [Int] { outputs.compactMap { if case .value(let value) = $0.operand { value } else { nil } } }

  /// The node that computes each value; inputs have none.
  var producers: [Int: Int] {
    Dictionary(
      nodes.enumerated().flatMap { index, node in node.outputs.map { ($0, index) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The nodes that read each value.
  var consumers: [Int: [Int]] {
    var consumers: [Int: [Int]] = [:]
    for (index, node) in nodes.enumerated() {
      for value in Set(node.inputs) { consumers[value, default: []].append(index) }
    }
    return consumers
  }

  /// The values that `value` depends on, itself included.
  func ancestors(of value: Int) -> Set<Int> {
    var found: Set<Int> = [value]
    for node in nodes.reversed() where node.outputs.contains(where: found.contains) { found.formUnion(node.inputs) }
    return found
  }

  /// The values that depend on `value`, itself included.
  func descendants(of value: Int) -> Set<Int> {
    var found: Set<Int> = [value]
    for node in nodes where node.inputs.contains(where: found.contains) { found.formUnion(node.outputs) }
    return found
  }
}
