/// The operations of a graph as they will run: constants in memory, and what can be fused fused.
///
/// The graph itself is never edited. An operation takes in what follows it, as far as it can: a convolution the batch
/// normalisation, the addition and the rectifier, and any other batch normalisation the rectifier behind it, as long as nobody
/// else reads what lies between and nobody asked to keep it.
struct Plan {
  struct Step {
    let operation: any Operator
    /// The operands: a value, or a constant that is in memory already.
    let operands: [Operand]
    let outputs: [Int]
    /// What faults in this step are reported as.
    let label: String
  }

  enum Operand {
    case value(Int)
    case constant(Memory)

    var value: Int? { if case .value(let value) = self { value } else { nil } }
  }

  let steps: [Step]
  let placement: Placement

  /// Plans the nodes that `outputs` depend on.
  ///
  /// - Parameters:
  ///   - kept: values that must exist as tensors of their own.
  ///   - constants: those of the graph, in memory.
  init(_ graph: Graph, outputs: Set<Int>, keeping kept: Set<Int>, _ constants: ConstantMemory) {
    let needed = outputs.reduce(into: Set<Int>()) { $0.formUnion(graph.ancestors(of: $1)) }
    let fusion = Fusion(graph, barriers: outputs.union(kept), needed: needed)
    var steps: [Step] = []
    for (index, node) in graph.nodes.enumerated() {
      guard node.outputs.contains(where: needed.contains), !fusion.absorbed.contains(index) else { continue }
      let chain = fusion.chains[index] ?? Fusion.Chain(of: node, at: index)
      steps.append(
        Step(
          operation: chain.operation,
          operands: chain.operands.enumerated().map { position, operand in
            switch operand {
            case .value(let value): .value(value)
            case .constant(let constant):
              .constant(
                constants.memory(
                  of: constant, node: chain.head, operand: position,
                  allowsMisalignment: chain.operation.acceptsMisalignedConstants))
            }
          },
          outputs: node.outputs, label: "\(node.name) (\(node.operatorType))"))
    }
    self.init(steps: steps, graph)
  }

  private init(steps: [Step], _ graph: Graph) {
    self.steps = steps
    placement = Placement(steps, graph)
  }

  /// The steps that `roots` depend on, of which this plan computes each as a tensor of its own. What is prepared for a step is
  /// shared.
  func only(_ roots: Set<Int>, _ graph: Graph) -> Plan {
    var needed = roots
    var kept: [Step] = []
    for step in steps.reversed() where step.outputs.contains(where: needed.contains) {
      needed.formUnion(step.operands.compactMap(\.value))
      kept.append(step)
    }
    return Plan(steps: kept.reversed(), graph)
  }

  /// For each step the values that nothing reads after it, but for `roots`.
  func lastReads(keeping roots: Set<Int>) -> [[Int]] {
    var seen = roots
    var reads: [[Int]] = []
    for step in steps.reversed() {
      reads.append((step.operands.compactMap(\.value) + step.outputs).filter { seen.insert($0).inserted })
    }
    return reads.reversed()
  }
}
