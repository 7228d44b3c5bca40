extension Graph {
  /// The same graph with every rectifier as one: those that the file spells out with other operators, and each with its
  /// role, so that the guided rule applies to what is one and leaves alone what only looks like one.
  ///
  /// Names, shapes and values stay as they are. What only a spelling read is no longer needed by anything.
  func withRectifiers() -> Graph {
    var graph = self
    var reader = GraphReader(graph)
    for index in nodes.indices where mayBeRectifier(nodes[index].operation) {
      guard let found = RectifierSpelling(reader).rectified(by: nodes[index]) else { continue }
      graph.nodes[index] = nodes[index].replacing(Rectifier(function: found.function), operands: [.value(found.input)])
      // What comes behind may be spelled with it.
      reader = GraphReader(graph)
    }
    guard graph.nodes.contains(where: { $0.operation is Rectifier }) else { return graph }
    reader = GraphReader(graph)
    let roles = RectifierRoles(reader)
    let spelled = SpelledActivations(reader)
    for (index, node) in graph.nodes.enumerated() {
      guard var rectifier = node.operation as? Rectifier else { continue }
      rectifier.isGuidable =
        roles.role(of: node, rectifier) == .activation && !spelled.parts.contains(node.outputs[0])
        && spelled.names[node.outputs[0]] == nil
      graph.nodes[index] = node.replacing(rectifier, operands: node.operands)
    }
    return graph
  }

  private func mayBeRectifier(_ operation: any Operator) -> Bool {
    switch operation {
    case is Extremum, is Where, is Arithmetic, is Pairwise: true
    case let activation as Activation:
      switch activation.function {
      case .leakyRelu, .elu: true
      default: false
      }
    case let math as ElementwiseMath:
      switch math.function {
      case .thresholdedRelu, .negation: true
      default: false
      }
    default: false
    }
  }
}

extension Graph.Node {
  /// The same node with another operation.
  fileprivate func replacing(_ operation: any Operator, operands: [Graph.Operand]) -> Graph.Node {
    Graph.Node(name: name, operatorType: operatorType, operation: operation, operands: operands, outputs: outputs)
  }
}
