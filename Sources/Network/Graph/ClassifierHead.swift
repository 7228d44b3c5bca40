import Diagnostics

/// Where a classifier's scores are: before a softmax or a sigmoid at its end, which would bend every gradient.
struct ClassifierHead {
  /// The value that holds y^c for all classes, or the only score of two.
  let logits: Int
  /// How the scores become probabilities.
  let scores: ScoreFunction
  /// The operator that was taken off, such as `Softmax`, if there was one.
  let removed: String?

  /// - Throws: `Diagnostic` where the output is no list of scores for one picture.
  init(_ graph: Graph) throws(Diagnostic) {
    let (name, operand) = graph.outputs[0]
    guard case .value(let output) = operand else {
      throw .error("the output “\(name)” does not depend on the input.")
    }
    let end = HeadEnd(graph, output: output)
    logits = end?.scores ?? output
    removed = end?.operatorType
    let shape = graph.values[logits].shape
    guard shape.isVector else {
      throw .error(
        "the output “\(end == nil ? name : graph.values[logits].name)” has shape \(shape.shapeText), which is not one score for each class.",
        hint: "sitegen explains image classifiers.")
    }
    scores = shape.elementCount == 1 ? .binary : end?.function ?? .softmax
  }

  /// How many classes the scores tell apart.
  static func classCount(_ scores: ScoreFunction, values: Int) -> Int { scores == .binary ? 2 : values }
}

/// The softmax or sigmoid at the end of a network.
private struct HeadEnd {
  /// What it reads.
  let scores: Int
  let function: ScoreFunction
  let operatorType: String

  /// Only changes of shape may lie behind it, and a logarithm behind a softmax.
  init?(_ graph: Graph, output: Int) {
    let producers = graph.producers
    func producer(_ value: Int) -> Graph.Node? {
      var node = producers[value].map { graph.nodes[$0] }
      while let found = node, found.operation is Reshape || found.operation is Transpose,
        graph.values[found.outputs[0]].shape.isVector
      {
        node = producers[found.inputs[0]].map { graph.nodes[$0] }
      }
      return node
    }
    guard var node = producer(output) else { return nil }
    if (node.operation as? ElementwiseMath)?.function == .logarithm, let inner = producer(node.inputs[0]),
      inner.operation is Softmax
    {
      node = inner
    }
    guard let input = node.inputs.first else { return nil }
    let count = graph.values[input].shape.elementCount
    switch node.operation {
    case let softmax as Softmax where softmax.laneCount(of: graph.values[input].shape) == count: function = .softmax
    case let softmax as LogSoftmax where softmax.lanes.count == count: function = .softmax
    case let activation as Activation where activation.function == .sigmoid: function = .sigmoid
    default: return nil
    }
    scores = input
    operatorType = node.operatorType
  }
}

extension Softmax {
  /// How many elements sum to one in a tensor of this shape.
  fileprivate func laneCount(of shape: [Int]) -> Int {
    spansTrailingAxes ? shape[axis...].reduce(1, *) : shape[axis]
  }
}

extension [Int] {
  /// Whether at most one axis has more than one element.
  var isVector: Bool { count { $0 > 1 } <= 1 }
}
