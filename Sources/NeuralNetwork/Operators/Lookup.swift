import Diagnostics

/// Slices of a tensor, picked along one axis by indices that each run brings, such as the rows of a table of embeddings.
///
/// x is [.., K, ..], the indices have any shape, which takes the place of axis K. Negative ones count from the end. Source: ONNX
/// Gather-1, -11, -13.
struct Lookup: Operator {
  private let axis: Int
  private let label: String

  init(_ node: inout NodeReader) throws {
    let shape = try node.floatOperand(0)
    try node.operand(1)
    axis = try node.axis(node.attributes.integer("axis", default: 0), rank: shape.count)
    label = node.label
  }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] {
    [operands[0][..<axis] + operands[1] + operands[0][(axis + 1)...]]
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let shape = try outputShapes(pass.operands.map(\.shape))[0]
    let taken = try selection(pass.operands, on: engine).taken(from: pass.operands[0], on: engine)
    return ForwardResult(taken.reshaped(shape))
  }

  func passesGradient(from output: Int, to operand: Int) -> Bool { operand == 0 }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil, nil] }
    let selection = try selection(pass.operands, on: engine)
    let (count, shape) = (pass.wanted[0], pass.operands[0].shape)
    let result = engine.allocate(Layout(shape.batched(count)))
    result.elements.update(repeating: 0)
    let plain = try engine.reorder(gradient, to: .plain)
    for index in 0..<count {
      try selection.add(plain.part(index, of: count), to: result.part(index, of: count), on: engine)
    }
    return [result, nil]
  }

  /// - Throws: `Diagnostic` for an index that there is not.
  private func selection(_ operands: [Memory], on engine: Engine) throws -> Selection {
    let size = operands[0].shape[axis]
    let positions = try engine.reorder(operands[1], to: .plain).elements.map { index in
      guard let position = Int(exactly: index), (-size..<size).contains(position) else {
        throw Diagnostic.error("\(label) picks index \(index) along an axis of \(size).")
      }
      return position < 0 ? position + size : position
    }
    return Selection(operands[0].shape, axis: axis, positions: positions)
  }
}
