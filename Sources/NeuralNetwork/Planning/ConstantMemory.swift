/// The constants that a graph's operations read at each run, brought into memory once for all plans.
final class ConstantMemory {
  private struct Place: Hashable {
    let node: Int
    let operand: Int
    let allowsMisalignment: Bool
  }

  private let engine: Engine
  private var known: [Place: Memory] = [:]

  init(on engine: Engine) { self.engine = engine }

  /// The constant at an operand of a node.
  ///
  /// - Parameter allowsMisalignment: whether it may lie at an odd address of the file's bytes.
  func memory(of constant: Constant, node: Int, operand: Int, allowsMisalignment: Bool) -> Memory {
    let place = Place(node: node, operand: operand, allowsMisalignment: allowsMisalignment)
    if let memory = known[place] { return memory }
    let memory = engine.view(constant, allowsMisalignment: allowsMisalignment)
    known[place] = memory
    return memory
  }
}
