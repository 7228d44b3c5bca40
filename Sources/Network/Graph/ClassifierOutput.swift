import Diagnostics

/// Which of a model's outputs is explained.
enum ClassifierOutput {
  /// The output of that name, or else the first that can be a list of scores by what the file says of it: floats with at
  /// most one axis beside the batch.
  ///
  /// - Throws: `Diagnostic` that lists the outputs, where there is none of that name.
  static func choose(_ outputs: [ONNXValueInfo], named name: String?) throws(Diagnostic) -> ONNXValueInfo {
    guard let name else { return outputs.first(where: mayBeScores) ?? outputs[0] }
    if let found = outputs.first(where: { $0.name == name }) { return found }
    let names = outputs.map(\.name)
    let list = names.map { "“\($0)”" }.joined(separator: ", ")
    throw .error(
      "the model has no output “\(name)”; it has \(list).",
      hint: Suggestion.nearest(to: name, in: names).map { "Did you mean “\($0)”?" }
        ?? "Set `output:` in the model card.")
  }

  private static func mayBeScores(_ output: ONNXValueInfo) -> Bool {
    let isFloat = output.elementType.flatMap(DataType.init(rawValue:))?.isFloatingPoint ?? true
    guard let shape = output.shape else { return isFloat }
    return isFloat && shape.dropFirst().count { $0 != .fixed(1) } <= 1
  }
}
