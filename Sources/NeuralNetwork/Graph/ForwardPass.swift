/// What a forward run knows about one operation.
struct ForwardPass {
  let operands: [Memory]
  private let known: (Int) -> Float
  private let look: (Int) -> Float
  private let place: (Layout) -> Memory?

  /// - Parameters:
  ///   - known: a number that no |x| of the operand of that index exceeds, as far as it is known without a look; infinity where
  ///     it is not.
  ///   - look: the same after a look at the operand.
  ///   - place: where the output shall lie in a layout, if it has a place.
  init(
    _ operands: [Memory], known: @escaping (Int) -> Float, look: @escaping (Int) -> Float,
    place: @escaping (Layout) -> Memory?
  ) {
    self.operands = operands
    self.known = known
    self.look = look
    self.place = place
  }

  /// An operation on its own, outside of a run.
  init(_ operands: [Memory]) {
    self.init(operands, known: { _ in .infinity }, look: { operands[$0].greatestMagnitude }, place: { _ in nil })
  }

  /// Whether numbers that no |x| of an operand exceeds are small enough: what is known is asked first, for a look at an operand
  /// costs a pass through memory.
  ///
  /// - Parameter suffices: is given a bound for each operand's index, which may be infinite or not a number.
  func operandsAreBounded(_ suffices: (_ bound: (Int) -> Float) -> Bool) -> Bool { suffices(known) || suffices(look) }

  /// Memory for an output of this layout, uninitialised: at its place where it has one.
  func output(_ layout: Layout, on engine: Engine) -> Memory { place(layout) ?? engine.allocate(layout) }
}

/// What a forward run leaves.
struct ForwardResult {
  let outputs: [Memory]
  /// What only the backward run needs, such as the winners of a maximum.
  var workspace: OpaqueMemory?

  init(_ output: Memory, workspace: OpaqueMemory? = nil) {
    self.init([output], workspace: workspace)
  }

  /// Several outputs.
  init(_ outputs: [Memory], workspace: OpaqueMemory? = nil) {
    self.outputs = outputs
    self.workspace = workspace
  }
}
