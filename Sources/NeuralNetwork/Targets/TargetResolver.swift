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
      return TargetSeed(root: tensor.scores, element: try offset(of: place, in: tensor.value, target))
    case .weightedSum(let name, let weights, _):
      let tensor = try tensor(named: name)
      let shape = graph.values[tensor.value].shape
      guard weights.shape == shape else {
        throw .error(
          "the weights of “\(name)” have shape \(weights.shape.shapeText), and the tensor has \(shape.shapeText).",
          hint: "Give weights of the tensor's own shape.")
      }
      if let position = weights.values.firstIndex(where: { !$0.isFinite }) {
        throw .error(
          "element \(position) of the weights of “\(name)” is \(weights.values[position]), no finite number.",
          hint: "Give finite weights.")
      }
      guard weights.values.contains(where: { $0 != 0 }) else {
        throw .error(
          "the weights of “\(name)” are all zero, so that there is nothing to explain.",
          hint: "Give at least one element a weight.")
      }
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

  /// The row-major offset of the element that a target names.
  private func offset(of place: [Int], in value: Int, _ target: Target) throws(Diagnostic) -> Int {
    let shape = graph.values[value].shape
    let axes = shape.withoutBatch
    guard place.count == axes.count else {
      throw .error(
        "“\(target)” has \(place.count == 1 ? "1 index" : "\(place.count) indices"), and a tensor of shape "
          + "\(shape.shapeText) takes \(axes.count), those behind the batch axis.",
        hint: target.tensorName.map { "Try “\(Target.element(of: $0, at: axes.map { _ in 0 }))”." })
    }
    for (index, size) in zip(place, axes) where !(0..<size).contains(index) {
      throw .error(
        "“\(target)” lies outside of the tensor, whose shape is \(shape.shapeText).",
        hint: target.tensorName.map {
          "Indices count from 0; the last element is “\(Target.element(of: $0, at: axes.map { $0 - 1 }))”."
        })
    }
    return zip(place, axes.rowMajorStrides).reduce(0) { $0 + $1.0 * $1.1 }
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

extension [Int] {
  /// The axes behind that of a batch of one, which a tensor of rank 1 or 0 lacks.
  fileprivate var withoutBatch: [Int] { count > 1 && self[0] == 1 ? Array(dropFirst()) : self }
}
