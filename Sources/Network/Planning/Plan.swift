import Diagnostics

/// The operations of a graph as they will run: constants in memory, and what can be fused fused.
///
/// The graph itself is never edited. A convolution takes in the batch normalisation, the addition and the rectifier
/// that follow it, and any other batch normalisation the rectifier behind it, as long as nobody else reads what lies
/// between and nobody asked to keep it.
struct Plan {
  struct Step {
    let operation: any Operator
    /// The operands: a value, or a constant that is in memory already.
    let operands: [Operand]
    let outputs: [Int]
    /// What faults in this step are reported as.
    let label: String

    /// Runs `work`, a part of this step.
    ///
    /// - Throws: `Diagnostic` where oneDNN cannot do it.
    func run<Result>(on engine: Engine, _ work: () throws -> Result) throws -> Result {
      do {
        return try engine.stopwatch?.measure(self, work) ?? work()
      } catch let error as OneDNNError {
        throw Diagnostic.error("\(label) cannot be computed. \(error)")
      }
    }
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
  /// - Parameter kept: values that must exist as tensors of their own.
  init(_ graph: Graph, outputs: Set<Int>, keeping kept: Set<Int>, on engine: Engine) {
    let needed = outputs.reduce(into: Set<Int>()) { $0.formUnion(graph.ancestors(of: $1)) }
    let fusion = Fusion(graph, barriers: outputs.union(kept), needed: needed)
    var steps: [Step] = []
    for (index, node) in graph.nodes.enumerated() {
      guard node.outputs.contains(where: needed.contains), !fusion.absorbed.contains(index) else { continue }
      let fused = fusion.fused[index]
      let operation: any Operator = fused?.operation ?? node.operation
      steps.append(
        Step(
          operation: operation,
          operands: (fused?.operands ?? node.operands).map { operand in
            switch operand {
            case .value(let value): .value(value)
            case .constant(let constant):
              .constant(engine.view(constant, allowsMisalignment: operation.acceptsMisalignedConstants))
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

/// Finds the chains Conv → BatchNormalization → Add → Relu that become one convolution, and what is left of
/// BatchNormalization → Relu.
struct Fusion {
  /// By the index of the last node of each chain: the operation that replaces it there.
  private(set) var fused: [Int: (operation: any Operator, operands: [Graph.Operand])] = [:]
  /// The other nodes of the chains.
  private(set) var absorbed: Set<Int> = []

  init(_ graph: Graph, barriers: Set<Int>, needed: Set<Int>) {
    let consumers = graph.consumers.mapValues { readers in
      readers.filter { graph.nodes[$0].outputs.contains(where: needed.contains) }
    }
    for (start, node) in graph.nodes.enumerated() {
      guard let convolution = node.operation as? Convolution, node.outputs.contains(where: needed.contains) else {
        continue
      }
      var chain = Chain(operands: node.operands, end: start)
      while let next = onlyReader(of: graph.nodes[chain.end].outputs[0], consumers, barriers), !isTaken(next),
        chain.append(graph.nodes[next], at: next, reading: graph.nodes[chain.end].outputs[0], graph)
      {}
      guard chain.end != start else { continue }
      absorbed.formUnion(chain.nodes(from: start).dropLast())
      fused[chain.end] = (
        convolution.fused(normalization: chain.normalization, adds: chain.adds, rectifier: chain.rectifier),
        chain.operands
      )
    }
    for (index, node) in graph.nodes.enumerated() where node.outputs.contains(where: needed.contains) && !isTaken(index)
    {
      guard let normalization = node.operation as? BatchNormalization,
        let next = onlyReader(of: node.outputs[0], consumers, barriers), !isTaken(next),
        let rectifier = graph.nodes[next].operation as? Rectifier
      else { continue }
      absorbed.insert(index)
      fused[next] = (normalization.fused(rectifier: rectifier), node.operands)
    }
  }

  private func isTaken(_ node: Int) -> Bool { absorbed.contains(node) || fused[node] != nil }

  private func onlyReader(of value: Int, _ consumers: [Int: [Int]], _ barriers: Set<Int>) -> Int? {
    guard !barriers.contains(value), let readers = consumers[value], readers.count == 1 else { return nil }
    return readers[0]
  }
}

/// A chain of nodes that begins with a convolution.
private struct Chain {
  var operands: [Graph.Operand]
  var end: Int
  var normalization: BatchNormalization?
  var adds = false
  var rectifier: Rectifier?
  private var members: [Int] = []

  init(operands: [Graph.Operand], end: Int) {
    self.operands = operands
    self.end = end
  }

  func nodes(from start: Int) -> [Int] { [start] + members }

  /// Takes `node` into the chain if it can follow what is there.
  mutating func append(_ node: Graph.Node, at index: Int, reading value: Int, _ graph: Graph) -> Bool {
    guard rectifier == nil else { return false }
    if let operation = node.operation as? BatchNormalization {
      guard normalization == nil, !adds else { return false }
      normalization = operation
    } else if let operation = node.operation as? Rectifier {
      rectifier = operation
    } else if !adds, let other = addend(node, to: value, graph) {
      adds = true
      operands.append(.value(other))
    } else {
      return false
    }
    members.append(index)
    end = index
    return true
  }

  /// The other operand of an addition of two tensors of one shape.
  private func addend(_ node: Graph.Node, to value: Int, _ graph: Graph) -> Int? {
    let isAddition = (node.operation as? Arithmetic)?.function == .add || node.operation is Sum
    let inputs = node.inputs
    guard isAddition, node.operands.count == 2, inputs.count == 2, inputs[0] != inputs[1] else { return nil }
    let other = inputs[0] == value ? inputs[1] : inputs[0]
    return graph.values[other].shape == graph.values[value].shape && graph.values[value].shape.count == 4 ? other : nil
  }
}
