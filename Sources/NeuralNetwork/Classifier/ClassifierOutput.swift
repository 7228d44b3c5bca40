import Diagnostics

/// Which tensors of a model may hold the scores that are explained.
enum ClassifierOutput {
  /// The tensor that is named, an output or one inside the model; or else every output that can be a list of scores by what
  /// the file says of it: floats with at most one axis beside the batch. Where no output is, those of floats.
  ///
  /// - Throws: `Diagnostic` where there is no tensor of that name, or none that can be scores.
  static func candidates(in source: ONNXGraph, named name: String?) throws(Diagnostic) -> [ONNXValueInfo] {
    let kinds = OutputKinds(source)
    if let name { return [try named(name, in: source, kinds)] }
    let floats = source.outputs.filter { kinds.fault(of: $0) == nil }
    guard !floats.isEmpty else { throw noScores(source.outputs, kinds) }
    let lists = floats.filter { $0.shape.map { $0.dropFirst().count { $0 != .fixed(1) } <= 1 } ?? true }
    return lists.isEmpty ? [floats[0]] : lists
  }

  /// An output of the model, or a tensor inside, that may have gradients for all that the file says of it.
  ///
  /// - Throws: `Diagnostic` where there is no tensor of that name, or none with gradients.
  static func differentiable(_ name: String, in source: ONNXGraph) throws(Diagnostic) -> ONNXValueInfo {
    try named(name, in: source, OutputKinds(source), as: "explained")
  }

  private static func named(
    _ name: String, in source: ONNXGraph, _ kinds: OutputKinds, as role: String = "scores"
  ) throws(Diagnostic) -> ONNXValueInfo {
    let output = source.outputs.first { $0.name == name }
    if let fault = output.map({ kinds.fault(of: $0) }) ?? kinds.tensor(named: name).map({ kinds.fault(ofTensor: $0) }),
      let fault
    {
      throw .error(
        "“\(name)” cannot be \(role): it \(fault.sentence).", hint: advice(for: [name], kinds))
    }
    if let output { return output }
    if let tensor = kinds.tensor(named: name) { return ONNXValueInfo(name: tensor) }
    let names = source.outputs.map(\.name)
    let list = names.map { "“\($0)”" }.joined(separator: ", ")
    let near = Suggestion.nearest(to: name, in: names) ?? Suggestion.nearest(to: name, in: kinds.tensors)
    throw .error(
      "the model has no output “\(name)”; it has \(list).",
      hint: near.map { "Did you mean “\($0)”?" } ?? "Set `output:` in the model card.")
  }

  private static func noScores(_ outputs: [ONNXValueInfo], _ kinds: OutputKinds) -> Diagnostic {
    let names = outputs.map(\.name)
    let faults = outputs.map { "“\($0.name)” \((kinds.fault(of: $0) ?? .wholeNumbers).sentence)" }
    let list = faults.joined(separator: "; ")
    return .error(
      outputs.count == 1
        ? "the model’s only output cannot be scores: \(list)." : "none of the model’s outputs can be scores: \(list).",
      hint: advice(for: names, kinds))
  }

  private static func advice(for outputs: [String], _ kinds: OutputKinds) -> String {
    guard let scores = outputs.lazy.compactMap({ kinds.scores(behind: $0) }).first else {
      return
        "Name the tensor inside the model that holds the scores: by `output:` in the model card, or by --output-tensor."
    }
    return "Set `output: \(scores)` in the model card, or give --output-tensor \(scores): "
      + "these are the numbers that it is chosen from."
  }
}
