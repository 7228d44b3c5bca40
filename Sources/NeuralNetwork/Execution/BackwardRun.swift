/// A batch of gradients at one value that flows back through a trace.
struct BackwardRun {
  /// Where the gradients begin.
  let root: Int
  /// As many tensors of the root's shape as there are rules, one behind the other.
  let gradient: Memory
  let rules: [ReLURule]
  /// How many leading gradients of the batch shall reach each value. What reaches further must come first in the batch,
  /// so that the rest can be dropped on the way.
  let targets: [Int: Int]

  /// The gradients at the targets. A target that the root does not depend on is missing.
  ///
  /// Walks the steps in reverse; gradients of a value that is read more than once are summed.
  func gradients(in trace: ActivationTrace, on engine: Engine) throws -> [Int: Memory] {
    let wanted = wantedCounts(trace.plan)
    let available = min(wanted[root] ?? 0, rules.count)
    guard available > 0 else { return [:] }
    var gradients = [root: GradientSum(gradient.prefix(available, of: rules.count))]
    for (index, step) in trace.plan.steps.enumerated().reversed() {
      guard step.outputs.contains(where: { gradients[$0] != nil }) else { continue }
      // A target's gradient is kept, so it is summed here in any case.
      let sumsItself = step.operation.sumsGradients && targets[step.outputs[0]] == nil
      let atOutputs = try step.outputs.map { output in
        if !sumsItself { try gradients[output]?.collapse(on: engine) }
        return gradients[output]
      }
      let needs = step.operands.map { operand in operand.value.flatMap { wanted[$0] } ?? 0 }
      for output in step.outputs where targets[output] == nil { gradients[output] = nil }
      guard needs.contains(where: { $0 > 0 }) else { continue }
      let count = step.outputs.compactMap { wanted[$0] }.max() ?? 0
      let pass = BackwardPass(
        operands: try trace.operands(of: step), outputs: step.outputs.compactMap { trace.activations[$0] },
        workspace: trace.workspaces[index], gradients: atOutputs.map { $0?.first },
        addend: atOutputs[0]?.second, rules: Array(rules.prefix(count)), wanted: needs)
      let results = try step.run { try step.operation.backward(pass, on: engine) }
      for (operand, result) in zip(step.operands, results) {
        guard let value = operand.value, let result else { continue }
        try gradients[value, default: GradientSum()].add(result, on: engine)
      }
    }
    return try gradients.filter { targets[$0.key] != nil }.compactMapValues { sum in
      var sum = sum
      try sum.collapse(on: engine)
      return sum.first
    }
  }

  /// How many leading gradients each value needs: as many as the most wanted target before it.
  private func wantedCounts(_ plan: Plan) -> [Int: Int] {
    var wanted = targets
    for step in plan.steps {
      let needed = step.operands.compactMap { $0.value.flatMap { wanted[$0] } }.max() ?? 0
      for output in step.outputs where needed > 0 { wanted[output] = max(wanted[output] ?? 0, needed) }
    }
    return wanted
  }
}

/// A sum of gradients that is put off until somebody needs it: whoever reads two tensors anyway can add them.
private struct GradientSum {
  private(set) var first: Memory?
  private(set) var second: Memory?

  init(_ first: Memory? = nil) { self.first = first }

  mutating func add(_ gradient: Memory, on engine: Engine) throws {
    try collapse(on: engine)
    if first == nil { first = gradient } else { second = gradient }
  }

  /// Leaves one tensor.
  mutating func collapse(on engine: Engine) throws {
    guard let first, let second else { return }
    self = GradientSum(try engine.combine(.add, first, second))
  }
}
