import Diagnostics

/// Finds where the gradients of targets begin, in one graph.
final class TargetResolver {
  let graph: Graph
  /// The classifier's scores, or why there are none.
  let head: Result<ClassifierHead, Diagnostic>
  /// The outputs of the file, whose softmax is taken off.
  private let outputNames: Set<String>
  private lazy var reader = GraphReader(graph)
  private lazy var bounds = ValueBounds(reader)
  /// What lies in front of the softmax of each output that was asked for.
  private var scores: [Int: Int] = [:]

  init(_ graph: Graph, head: Result<ClassifierHead, Diagnostic>, outputNames: [String]) {
    self.graph = graph
    self.head = head
    self.outputNames = Set(outputNames)
  }

  /// The values that must exist as tensors so that a forward run can be read at its outputs: the scores of a classifier, and
  /// each output in `names` with what lies in front of its softmax.
  func roots(of names: [String]) throws(Diagnostic) -> Set<Int> {
    var roots: Set<Int> = []
    if case .success(let head) = head { roots.insert(head.logits) }
    for name in names {
      let tensor = try tensor(named: name)
      roots.formUnion([tensor.value, tensor.scores])
    }
    return roots
  }

  /// - Throws: `Diagnostic` where the network has no such class, tensor or element.
  func seed(of target: Target) throws(Diagnostic) -> TargetSeed {
    switch target {
    case .class(let index): return try seed(ofClass: index)
    case .element(let name, let place):
      let tensor = try tensor(named: name)
      return TargetSeed(
        root: tensor.scores, element: try target.offset(of: place, in: graph.values[tensor.value].shape))
    case .weightedSum(let name, let weights, _):
      let tensor = try tensor(named: name)
      let shape = graph.values[tensor.value].shape
      try target.check(weights: weights, of: name, shape: shape)
      return TargetSeed(root: tensor.scores, weights: weights.values)
    }
  }

  private func seed(ofClass index: Int) throws(Diagnostic) -> TargetSeed {
    let head: ClassifierHead
    switch self.head {
    case .success(let found): head = found
    case .failure(let fault):
      throw .error("the network has no classes: \(fault.summary)", hint: example.map { "Try a target like “\($0)”." })
    }
    let count = head.classCount(graph)
    guard (0..<count).contains(index) else {
      throw .error("the network has no class \(index); it has \(count) classes.")
    }
    guard head.isSingle else { return TargetSeed(root: head.logits, element: index) }
    let isOpposite = index == 0
    return TargetSeed(
      root: head.logits, element: 0, weight: isOpposite ? -1 : 1,
      offset: isOpposite && head.scores == .probability ? 1 : 0)
  }

  /// A tensor by its name, and the value of the scores in front of its softmax, or itself.
  private func tensor(named name: String) throws(Diagnostic) -> (value: Int, scores: Int) {
    let value: Int
    switch graph.outputs.first(where: { $0.name == name })?.operand {
    case .value(let found)?: value = found
    case .constant?: throw .error("the output “\(name)” does not depend on the input.")
    case nil: value = try graph.reference(named: name).value
    }
    guard outputNames.contains(name) else { return (value, value) }
    if let known = scores[value] { return (value, known) }
    let found = scoresInFront(of: value)
    // What has another number of elements is addressed by other indices.
    let isAlike = graph.values[found].shape.elementCount == graph.values[value].shape.elementCount
    scores[value] = isAlike ? found : value
    return (value, isAlike ? found : value)
  }

  private func scoresInFront(of output: Int) -> Int {
    if let end = HeadEnd(reader, bounds, output: output) { return end.scores }
    // Several distributions side by side, such as one for each word, are no classifier's head.
    guard let node = reader.producer(output), node.operation is Softmax || node.operation is LogSoftmax else {
      return output
    }
    return node.inputs.first ?? output
  }

  /// A target that there is.
  private var example: Target? {
    for (name, operand) in graph.outputs {
      guard case .value(let value) = operand else { continue }
      return .element(of: name, at: graph.values[value].shape.withoutBatch.map { _ in 0 })
    }
    return nil
  }
}
