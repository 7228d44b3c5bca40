import Foundation

/// y = exp(x) / Σ exp(x) along an axis; before version 13, along all axes from one on. Source: ONNX Softmax-1, -11, -13.
struct Softmax: Operator {
  static let registrations = [
    Registration("Softmax") { node in
      let shape = try node.operand(0)
      let axis = try node.axis(node.attributes.integer("axis", default: 1), rank: shape.count)
      return .operation(Softmax(axis: axis, spansTrailingAxes: true))
    },
    Registration("Softmax", since: 13) { node in
      let shape = try node.operand(0)
      let axis = try node.axis(node.attributes.integer("axis", default: -1), rank: shape.count)
      return .operation(Softmax(axis: axis, spansTrailingAxes: false))
    },
  ]

  let axis: Int
  let spansTrailingAxes: Bool

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { operands }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let x = try matrix(pass.operands[0], on: engine)
    guard x.isFinite else { return ForwardResult(try exact(x, on: engine).reshaped(pass.operands[0].shape)) }
    let y = engine.allocate(x.layout)
    try engine.execute(engine.primitive(recipe(x.layout)), [(.source, x), (.destination, y)])
    return ForwardResult(y.reshaped(pass.operands[0].shape))
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    let y = try matrix(pass.outputs[0], on: engine)
    let dx = try engine.mapParts(gradient, count: pass.wanted[0]) { part in
      let dy = try matrix(part, on: engine)
      let dx = engine.allocate(y.layout)
      try engine.execute(
        engine.primitive(SoftmaxBackward(forward: recipe(y.layout))),
        [(.destination, y), (.destinationGradient, dy), (.sourceGradient, dx)])
      return dx.reshaped(part.shape)
    }
    return [dx]
  }

  /// The same, slower, where something is infinite or not a number: a vector that holds the latter, or infinity, or −∞ alone,
  /// becomes NaN.
  private func exact(_ x: Memory, on engine: Engine) throws -> Memory {
    let axis = spansTrailingAxes ? 1 : axis
    return try Lanes(x.shape, axes: axis..<(axis + 1)).map([x], on: engine) { inputs, output in
      let maximum = inputs[0].reduce(-.infinity) { Double.maximum($0, $1) }
      let exponentials = inputs[0].map { exp($0 - maximum) }
      let sum = exponentials.reduce(0, +)
      for index in exponentials.indices { output[index] = exponentials[index] / sum }
    }
  }

  private func recipe(_ layout: Layout) -> SoftmaxForward {
    SoftmaxForward(layout: layout, axis: spansTrailingAxes ? 1 : axis)
  }

  private func matrix(_ memory: Memory, on engine: Engine) throws -> Memory {
    let plain = try engine.reorder(memory, to: .plain)
    guard spansTrailingAxes else { return plain }
    let shape = memory.shape
    return plain.reshaped([Array(shape[..<axis]).elementCount, Array(shape[axis...]).elementCount])
  }
}
