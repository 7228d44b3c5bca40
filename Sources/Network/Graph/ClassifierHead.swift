import Diagnostics

/// Where a classifier's scores are: before a softmax at its end, which would bend every gradient.
struct ClassifierHead {
  /// The value that holds y^c for all classes.
  let logits: Int
  /// Whether a softmax was taken off.
  let hadSoftmax: Bool

  /// - Throws: `Diagnostic` where the output is no list of scores for one picture.
  init(_ graph: Graph) throws(Diagnostic) {
    let (name, operand) = graph.outputs[0]
    guard case .value(let output) = operand else {
      throw .error("the output “\(name)” does not depend on the input.")
    }
    let producers = graph.producers
    var value = output
    // Only changes of shape may lie between the softmax and the output.
    while let index = producers[value], graph.nodes[index].operation is Reshape { value = graph.nodes[index].inputs[0] }
    if let index = producers[value],
      graph.nodes[index].operation is Softmax || graph.nodes[index].operation is LogSoftmax,
      let scores = graph.nodes[index].inputs.first
    {
      logits = scores
      hadSoftmax = true
    } else {
      logits = output
      hadSoftmax = false
    }
    let shape = graph.values[logits].shape
    guard !shape.isEmpty, shape[0] == 1, shape.dropFirst().count(where: { $0 > 1 }) <= 1 else {
      throw .error(
        "the output “\(graph.values[logits].name)” has shape \(shape.shapeText), which is not one score for each class.",
        hint: "sitegen explains image classifiers.")
    }
  }
}
