extension Network {
  /// The names of the files beside an ONNX file in which it keeps weights, sorted; relative to its folder.
  ///
  /// None for a file that is no ONNX model.
  public static func externalFiles(ofModelAt path: String) -> [String] {
    guard let graph = try? ONNXModel(Bytes(contentsOfFile: path)).graph else { return [] }
    let tensors = graph.initializers + graph.nodes.flatMap { $0.attributes.compactMap(\.tensor) }
    return Set(tensors.compactMap { $0.isExternal ? $0.externalData["location"] : nil }).sorted()
  }
}
