import Diagnostics

/// Where a classifier's scores are: before a softmax or a sigmoid at its end, which would bend every gradient.
struct ClassifierHead {
  /// The value that holds y^c for all classes, or the only score of two.
  let logits: Int
  /// How the scores become probabilities.
  let scores: ScoreFunction
  /// The operator that was taken off, such as `Softmax`, if there was one.
  let removed: String?
  /// Whether there is a single number for two classes.
  let isSingle: Bool
  /// Whether nothing in the graph says that the scores become probabilities in this way.
  var isAssumed: Bool { removed == nil && scores != .probability }

  /// - Parameter index: of the output among the graph's.
  /// - Throws: `Diagnostic` where the output is no list of scores for one picture.
  init(_ graph: Graph, output index: Int = 0) throws(Diagnostic) {
    let (name, operand) = graph.outputs[index]
    guard case .value(let output) = operand else {
      throw .error("the output “\(name)” does not depend on the input.")
    }
    let reader = GraphReader(graph)
    let bounds = ValueBounds(reader)
    let end = HeadEnd(reader, bounds, output: output)
    logits = end?.scores ?? output
    removed = end?.operatorType
    let shape = graph.values[logits].shape
    guard shape.isVector else {
      throw .error(
        "the output “\(end == nil ? name : graph.values[logits].name)” has shape \(shape.shapeText), which is not one score for each class.",
        hint: "sitegen explains image classifiers.")
    }
    isSingle = shape.elementCount == 1
    if let list = Self.listBehind(output, reader) {
      throw .error(
        "the output “\(name)” is only the largest of \(graph.values[list].shape.elementCount) numbers, which is not one score "
          + "for each class.",
        hint: "Set `output: \(graph.values[list].name)` in the model card, or give --output-tensor "
          + "\(graph.values[list].name): these are the numbers.")
    }
    if let end {
      scores = isSingle ? .binary : end.function
    } else if bounds[output].isProbable {
      scores = .probability
    } else {
      scores = isSingle ? .binary : .softmax
    }
  }

  /// Between 0 and 1: softmax(logits), with sum 1, or a sigmoid of each; the logits themselves where they are
  /// probabilities already.
  ///
  /// Where the graph does not say how scores become probabilities, scores from 0 to 1 with sum 1 are taken for some.
  func probabilities(_ logits: [Float]) -> [Float] {
    let mayBeSome = scores == .softmax && isAssumed
    return mayBeSome && logits.areDistribution ? logits : scores.probabilities(logits)
  }

  /// The list of numbers of which `output` is the largest.
  private static func listBehind(_ output: Int, _ reader: GraphReader) -> Int? {
    guard reader.shape(output).elementCount == 1, let node = reader.producer(reader.beforeMoves(output)),
      (node.operation as? Reduction)?.function == .maximum, let list = node.inputs.first,
      reader.shape(list).isVector, reader.shape(list).elementCount > 1
    else { return nil }
    return list
  }

  /// How many classes the scores tell apart.
  func classCount(_ graph: Graph) -> Int { isSingle ? 2 : graph.values[logits].shape.elementCount }
}

extension [Int] {
  /// Whether at most one axis has more than one element.
  var isVector: Bool { count { $0 > 1 } <= 1 }
}
