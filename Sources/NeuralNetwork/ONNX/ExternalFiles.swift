extension ONNXModel {
  /// The names of the files beside the model's in which it keeps weights that some node reads, sorted; relative to its
  /// folder.
  var externalFiles: [String] {
    guard let graph else { return [] }
    var initializers = graph.initializers
    var nodes = graph.nodes + functions.flatMap(\.nodes)
    var read = Set(graph.outputs.map(\.name))
    var names: Set<String> = []
    // A list rather than a recursion: branches may lie in branches as deep as the file is long.
    while let node = nodes.popLast() {
      read.formUnion(node.inputs)
      for attribute in node.attributes {
        if let tensor = attribute.tensor { names.formUnion(tensor.location) }
        guard let branch = attribute.graph.flatMap({ try? ONNXGraph($0) }) else { continue }
        nodes += branch.nodes
        initializers += branch.initializers
        read.formUnion(branch.outputs.map(\.name))
      }
    }
    for tensor in initializers where read.contains(tensor.name) { names.formUnion(tensor.location) }
    return names.sorted()
  }
}

extension ONNXTensor {
  /// The file that holds the tensor, if another one does.
  fileprivate var location: [String] { isExternal ? [externalData["location"]].compactMap(\.self) : [] }
}
