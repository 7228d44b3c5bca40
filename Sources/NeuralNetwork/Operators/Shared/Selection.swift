/// Takes positions along each axis of a tensor, perhaps in another order and perhaps more than once: what slicing,
/// gathering, splitting and tiling have in common.
struct Selection {
  /// The source's shape.
  let source: [Int]
  /// For each axis the positions in the source, in the order of the result.
  let positions: [[Int]]

  /// Everything along every axis but one.
  init(_ source: [Int], axis: Int, positions: [Int]) {
    self.init(source, [axis: positions])
  }

  /// Everything along the axes that are not named.
  init(_ source: [Int], _ named: [Int: [Int]]) {
    self.source = source
    positions = source.indices.map { named[$0] ?? Array(0..<source[$0]) }
  }

  /// The result's shape.
  var shape: [Int] { positions.map(\.count) }

  /// Calls `body` for each run of elements that lie together in the source and in the result, with the indices at which
  /// it begins in the result and in the source, and its length.
  func forEachRun(_ body: (_ result: Int, _ source: Int, _ count: Int) -> Void) {
    guard shape.elementCount > 0 else { return }
    let strides = source.rowMajorStrides
    // Behind the last axis that is touched, everything lies together.
    let last = source.indices.last { positions[$0] != Array(0..<source[$0]) } ?? -1
    guard last >= 0 else { return body(0, 0, source.elementCount) }
    let unit = strides[last]
    let runs = Self.runs(positions[last])
    var result = 0
    func descend(_ axis: Int, _ base: Int) {
      if axis == last {
        for run in runs {
          body(result, base + run.lowerBound * unit, run.count * unit)
          result += run.count * unit
        }
      } else {
        for position in positions[axis] { descend(axis + 1, base + position * strides[axis]) }
      }
    }
    descend(0, 0)
  }

  /// Ascending neighbours joined.
  private static func runs(_ positions: [Int]) -> [Range<Int>] {
    positions.reduce(into: []) { runs, position in
      if let last = runs.last, last.upperBound == position {
        runs[runs.count - 1] = last.lowerBound..<(position + 1)
      } else {
        runs.append(position..<(position + 1))
      }
    }
  }

  /// The selected elements.
  func taken(from memory: Memory, on engine: Engine) throws -> Memory {
    let x = try engine.reorder(memory, to: .plain)
    let y = engine.allocate(Layout(shape))
    guard let from = x.elements.baseAddress, let to = y.elements.baseAddress else { return y }
    forEachRun { (to + $0).update(from: from + $1, count: $2) }
    return y
  }

  /// Adds a gradient of the selected elements to one of the source: the transpose of ``taken(from:on:)``.
  func add(_ gradient: Memory, to sum: Memory, on engine: Engine) throws {
    let dy = try engine.reorder(gradient, to: .plain)
    guard let from = dy.elements.baseAddress, let to = sum.elements.baseAddress else { return }
    forEachRun { result, source, count in
      for index in 0..<count { to[source + index] += from[result + index] }
    }
  }

  /// The selected elements of a constant of any type.
  func taken(from constant: Constant) -> Constant {
    let size = constant.elementType.size
    let whole = constant.widened
    defer { withExtendedLifetime(whole) {} }
    let bytes = whole.bytes.buffer
    var result = [UInt8](repeating: 0, count: shape.elementCount * size)
    result.withUnsafeMutableBytes { target in
      forEachRun { result, source, count in
        UnsafeMutableRawBufferPointer(rebasing: target[(result * size)..<((result + count) * size)]).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: bytes[(source * size)..<((source + count) * size)]))
      }
    }
    return Constant(shape: shape, elementType: constant.elementType, bytes: Bytes(result))
  }
}

/// An operator whose outputs are selections from its one operand, each perhaps under a shape of its own.
struct Selecting: FoldableOperator {
  /// One for each output.
  let selections: [(Selection, shape: [Int])]

  init(_ selections: [(Selection, shape: [Int])]) {
    self.selections = selections
  }

  init(_ selection: Selection, shape: [Int]? = nil) {
    selections = [(selection, shape ?? selection.shape)]
  }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { selections.map(\.shape) }

  func fold(_ operands: [Constant]) throws -> [Constant] {
    selections.map { $0.0.taken(from: operands[0]).reshaped($0.shape) }
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    ForwardResult(try selections.map { try $0.0.taken(from: pass.operands[0], on: engine).reshaped($0.shape) })
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    let count = pass.wanted[0]
    guard count > 0 else { return [nil] }
    let shape = pass.operands[0].shape
    let result = engine.allocate(Layout(shape.batched(count)))
    result.elements.update(repeating: 0)
    for ((selection, outputShape), gradient) in zip(selections, pass.gradients) {
      guard let gradient, outputShape.elementCount > 0 else { continue }
      // Outputs may carry batches of different sizes, where one of them is a target itself.
      let available = gradient.shape.elementCount / outputShape.elementCount
      let plain = try engine.reorder(gradient, to: .plain)
      for index in 0..<count {
        try selection.add(plain.part(index, of: available), to: result.part(index, of: count), on: engine)
      }
    }
    return [result]
  }
}
