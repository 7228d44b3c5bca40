/// y = mean over some axes. Source: ONNX ReduceMean-1, -11, -13, -18.
struct ReduceMean: Operator {
  static let registrations = [
    Registration("ReduceMean") { node in
      let shape = try node.operand(0)
      let axes = try node.integers(attribute: "axes", orInput: 1)?.map { try node.axis($0, rank: shape.count) }
      let keeps = try node.attributes.flag("keepdims", default: true)
      if try node.attributes.flag("noop_with_empty_axes"), axes?.isEmpty ?? true { return .identity }
      let reduced = axes.flatMap { $0.isEmpty ? nil : Set($0) } ?? Set(shape.indices)
      return .operation(ReduceMean(axes: reduced, keepsAxes: keeps))
    }
  ]

  let axes: Set<Int>
  let keepsAxes: Bool

  /// Whether this is the mean over the whole of each map, as pooling computes it.
  func isGlobalPooling(of shape: [Int]) -> Bool { shape.count == 4 && axes == [2, 3] }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] {
    let shape = operands[0]
    return [
      keepsAxes
        ? reduced(shape) : shape.indices.filter { !axes.contains($0) }.map { shape[$0] }
    ]
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let shape = pass.operands[0].shape
    let target = try outputShapes([shape])[0]
    if isGlobalPooling(of: shape) {
      let mean = try AveragePool(global: Array(shape.dropFirst(2))).forward(pass, on: engine).outputs[0]
      return ForwardResult(try engine.reorder(mean, to: .plain).reshaped(target))
    }
    let sum = try engine.sum(pass.operands[0], count: 1, to: reduced(shape))
    return ForwardResult(try engine.scale(sum, by: factor(shape)).reshaped(target))
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    let shape = pass.operands[0].shape
    let scaled = try engine.scale(gradient, by: factor(shape))
    let dx = try engine.mapParts(scaled, count: pass.wanted[0]) { part in
      try engine.broadcast(engine.reorder(part, to: .plain).reshaped(reduced(shape)), to: shape)
    }
    return [dx]
  }

  private func reduced(_ shape: [Int]) -> [Int] { shape.indices.map { axes.contains($0) ? 1 : shape[$0] } }

  private func factor(_ shape: [Int]) -> Float { 1 / Float(axes.map { shape[$0] }.elementCount) }
}
