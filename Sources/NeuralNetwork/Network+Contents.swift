extension Network {
  /// The names of the files beside an ONNX file in which it keeps weights that some node reads, sorted; relative to its
  /// folder.
  ///
  /// None for a file that is no ONNX model.
  public static func externalFiles(ofModelAt path: String) -> [String] {
    (try? ONNXModel(Bytes(contentsOfFile: path)))?.externalFiles ?? []
  }

  /// The inputs that an ONNX file states, in its order, without those that it gives a value itself; none for a file that is no
  /// ONNX model.
  public static func statedInputs(ofModelAt path: String) -> [StatedInput] {
    guard let graph = try? ONNXModel(Bytes(contentsOfFile: path)).graph else { return [] }
    let given = Set(graph.initializers.map(\.name))
    return graph.inputs.filter { !given.contains($0.name) }.map(StatedInput.init)
  }

  /// The program that wrote the model, with its version, as far as the file names it; may be empty.
  public var producer: String { graph.origin.producer }

  /// Version of the standard operator set that the model uses.
  public var operatorSet: Int { graph.origin.opset }

  /// How many nodes of each ONNX operator run, by the operator's name. What is known when the model is loaded does not
  /// run.
  public var operatorCounts: [String: Int] {
    let used = graph.outputValues.reduce(into: Set<Int>()) { $0.formUnion(graph.ancestors(of: $1)) }
    return graph.nodes.reduce(into: [:]) { counts, node in
      if node.outputs.contains(where: used.contains) { counts[node.operatorType, default: 0] += 1 }
    }
  }
}
