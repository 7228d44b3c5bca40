/// Numbers that the activations of one run do not exceed, carried from operation to operation.
///
/// Some operations need to know that what they read is finite and of common size (``ForwardPass/operandsAreBounded(_:)``). To
/// look at every activation costs a pass through memory each; what is known of an operation's operands says enough of its result
/// for several layers, until the bounds have grown so far that a look is worth its time.
final class ActivationBounds {
  private(set) var known: [Int: Float] = [:]

  /// Begins with the inputs, which are looked at.
  init(inputs: [Int: Memory]) { known = inputs.mapValues(\.greatestMagnitude).filter(\.value.isFinite) }

  /// Takes note of what a step has computed.
  func note(_ step: Plan.Step) {
    guard let output = step.outputs.first, step.outputs.count == 1 else { return }
    let bound = step.operation.bound(ofOperands: step.operands.count) { self.bound(of: step.operands[$0]) }
    if bound.isFinite { known[output] = bound }
  }

  /// Infinity where none is known, also where something was seen that is infinite or not a number.
  func bound(of operand: Plan.Operand) -> Float {
    switch operand {
    case .value(let value): return known[value] ?? .infinity
    case .constant(let memory):
      let magnitude = memory.greatestMagnitude
      return magnitude.isFinite ? magnitude : .infinity
    }
  }

  /// The bound of an operand after a look at it, of which note is taken.
  func look(at memory: Memory, _ operand: Plan.Operand) -> Float {
    if let value = operand.value {
      let magnitude = memory.greatestMagnitude
      known[value] = magnitude.isFinite ? magnitude : nil
    }
    return bound(of: operand)
  }
}
