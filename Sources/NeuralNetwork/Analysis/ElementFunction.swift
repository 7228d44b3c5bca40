import Foundation

/// A tensor as a function of another one of its shape, element by element: what the nodes between the two compute.
struct ElementFunction {
  /// The nodes, by their places in the graph, in the order in which they run.
  let nodes: [Int]
  /// The value that all else follows from.
  let input: Int
  /// Which element is looked at, where constants have one for each channel.
  enum Place { case first, last }

  /// More nodes than any exporter spells an activation with.
  private static let mostNodes = 24

  /// A value as a function of each value that it follows from alone, the nearest first.
  static func all(endingAt node: Int, _ reader: GraphReader) -> [ElementFunction] {
    var (nodes, front) = (Set<Int>(), Set<Int>())
    func goBack(through index: Int) -> Bool {
      let node = reader.graph.nodes[index]
      guard nodes.count < mostNodes, node.operation is any ElementOperator, node.outputs.count == 1 else {
        return false
      }
      let shape = reader.shape(node.outputs[0])
      for operand in node.operands {
        switch operand {
        case .value(let value): guard reader.shape(value) == shape else { return false }
        case .constant(let constant): guard (1...(1 << 16)).contains(constant.count) else { return false }
        }
      }
      nodes.insert(index)
      front.formUnion(node.inputs)
      return true
    }
    guard goBack(through: node) else { return [] }
    var found: [ElementFunction] = []
    while true {
      if front.count == 1, let input = front.first {
        found.append(ElementFunction(nodes: nodes.sorted(), input: input))
      }
      // What is computed last cannot be what the others follow from, unless nothing else is left.
      guard let last = front.max(by: { reader.producers[$0] ?? -1 < reader.producers[$1] ?? -1 }),
        let producer = reader.producers[last]
      else { return found }
      front.remove(last)
      guard goBack(through: producer) else { return found }
    }
  }

  /// f(x) for each x.
  ///
  /// - Returns: `nil` where one is not a finite number.
  func values(at points: [Float], _ place: Place, in graph: Graph) -> [Float]? {
    let steps = nodes.map { index in
      let node = graph.nodes[index]
      return (node, node.operands.map { $0.number(place) })
    }
    var found: [Float] = []
    for point in points {
      var values = [input: point]
      for (node, numbers) in steps {
        let operands = zip(node.operands, numbers).compactMap { operand, number in
          if case .value(let value) = operand { values[value] } else { number }
        }
        guard operands.count == node.operands.count, let operation = node.operation as? any ElementOperator,
          let value = operation.value(ofElements: operands)
        else { return nil }
        values[node.outputs[0]] = value
      }
      guard let last = nodes.last, let value = values[graph.nodes[last].outputs[0]], value.isFinite else { return nil }
      found.append(value)
    }
    return found
  }

  /// Whether it is a PRelu, whose slope is a weight even where there is one for all channels.
  func isParametric(in graph: Graph) -> Bool {
    nodes.count == 1 && (graph.nodes[nodes[0]].operation as? Pairwise)?.function == .leak
  }

  /// Whether a constant among the operands holds more than one number.
  func variesByPlace(in graph: Graph) -> Bool {
    nodes.contains { index in
      graph.nodes[index].operands.contains { operand in
        if case .constant(let constant) = operand { constant.onlyNumber == nil } else { false }
      }
    }
  }
}

extension Graph.Operand {
  /// The first or the last number of a constant.
  fileprivate func number(_ place: ElementFunction.Place) -> Float? {
    guard case .constant(let constant) = self else { return nil }
    let numbers = constant.elementType == .float32 ? constant.floats : constant.integers.map(Float.init)
    return place == .first ? numbers.first : numbers.last
  }
}
