/// Makes the plans of one graph, each once: what has been asked for before is there, and what is packed for a plan is there for
/// the next.
final class Planner {
  private let graph: Graph
  private let outputs: Set<Int>
  private let constants: ConstantMemory
  private var plans: [Set<Int>: Plan] = [:]

  /// - Parameter outputs: values that every plan computes.
  init(_ graph: Graph, outputs: Set<Int>, on engine: Engine) {
    self.graph = graph
    self.outputs = outputs
    constants = ConstantMemory(on: engine)
  }

  /// How many plans have been made.
  var planCount: Int { plans.count }

  /// The plan in which these values are tensors of their own.
  func plan(keeping kept: Set<Int>) -> Plan {
    let kept = kept.subtracting(outputs).subtracting(graph.inputs)
    if let known = plans[kept] { return known }
    let plan = Plan(graph, outputs: outputs, keeping: kept, constants)
    plans[kept] = plan
    return plan
  }
}
