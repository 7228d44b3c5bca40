/// One forward run of a plan: the activations, and what the backward run needs besides.
struct ActivationTrace {
  let plan: Plan
  private(set) var activations: [Int: Memory] = [:]
  private(set) var workspaces: [OpaqueMemory?] = []

  /// Runs `plan` on the given inputs.
  ///
  /// - Throws: `Diagnostic` where oneDNN cannot do a step.
  init(_ plan: Plan, inputs: [Int: Memory], on engine: Engine) throws {
    self.plan = plan
    activations = inputs
    workspaces.reserveCapacity(plan.steps.count)
    for step in plan.steps {
      let result = try step.run { try step.operation.forward(operands(of: step), on: engine) }
      for (value, memory) in zip(step.outputs, result.outputs) { activations[value] = memory }
      workspaces.append(result.workspace)
    }
  }

  /// The operands of a step, as the run left them.
  func operands(of step: Plan.Step) -> [Memory] {
    step.operands.map { operand in
      switch operand {
      case .value(let value):
        guard let memory = activations[value] else { preconditionFailure("\(step.label) runs before its operand") }
        return memory
      case .constant(let memory): return memory
      }
    }
  }
}
