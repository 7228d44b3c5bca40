import Diagnostics

/// One forward run of a plan: the activations, and what the backward run needs besides.
struct ActivationTrace {
  let plan: Plan
  private(set) var activations: [Int: Memory] = [:]
  private(set) var workspaces: [OpaqueMemory?] = []

  /// Runs `plan` on the given inputs.
  ///
  /// - Parameter lastReads: for each step the values to forget after it: nothing can flow back through such a run.
  /// - Throws: `Diagnostic` where oneDNN cannot do a step.
  init(_ plan: Plan, inputs: [Int: Memory], on engine: Engine, forgetting lastReads: [[Int]]? = nil) throws {
    self.plan = plan
    activations = inputs
    workspaces.reserveCapacity(plan.steps.count)
    let joined = JoinedMemory(plan.placement)
    let bounds = ActivationBounds(inputs: inputs)
    for (index, step) in plan.steps.enumerated() {
      let result = try step.run {
        let operands = try operands(of: step)
        let pass = ForwardPass(
          operands, known: { bounds.bound(of: step.operands[$0]) },
          look: { bounds.look(at: operands[$0], step.operands[$0]) },
          place: { joined.place(of: step.outputs[0], $0, on: engine) })
        return try step.operation.forward(pass, on: engine)
      }
      for (value, memory) in zip(step.outputs, result.outputs) {
        activations[value] = joined.placing(memory, of: value, on: engine)
      }
      workspaces.append(lastReads == nil ? result.workspace : nil)
      bounds.note(step)
      if let lastReads {
        for value in lastReads[index] { activations[value] = nil }
        joined.forget(step.outputs)
      }
    }
  }

  /// The operands of a step, as the run left them.
  ///
  /// - Throws: `Diagnostic` where one is not there.
  func operands(of step: Plan.Step) throws(Diagnostic) -> [Memory] {
    try step.operands.map { operand throws(Diagnostic) in
      switch operand {
      case .value(let value):
        guard let memory = activations[value] else { throw .error("\(step.label) reads what nothing has computed.") }
        return memory
      case .constant(let memory): return memory
      }
    }
  }
}

/// The memory of joined tensors, of which the parts are written first.
private final class JoinedMemory {
  private let placement: Placement
  private var wholes: [Int: Memory] = [:]

  init(_ placement: Placement) { self.placement = placement }

  /// The memory of a part, if it has a place and can have it in this layout.
  func place(of value: Int, _ layout: Layout, on engine: Engine) -> Memory? {
    guard let place = placement.places[value] else { return nil }
    let whole = wholes[place.whole] ?? engine.allocate(layout.with(shape: place.shape))
    guard let part = whole.channels(from: place.channel, count: layout.shape[1]), part.layout == layout else {
      return nil
    }
    wholes[place.whole] = whole
    return part
  }

  /// Lets go of whole tensors: those that hold them hold their memory.
  func forget(_ values: [Int]) {
    for value in values { wholes[value] = nil }
  }

  /// `memory`, moved to its place if it has one.
  func placing(_ memory: Memory, of value: Int, on engine: Engine) -> Memory {
    guard let part = place(of: value, memory.layout, on: engine), part.address != memory.address else { return memory }
    part.address.copyMemory(from: memory.address, byteCount: memory.layout.byteCount)
    return part
  }
}
