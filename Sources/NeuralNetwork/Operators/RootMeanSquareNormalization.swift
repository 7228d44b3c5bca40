/// y = x / √(mean(x²) + ε) · scale over the trailing axes. Source: ONNX RMSNormalization-23; Zhang and Sennrich 2019.
struct RootMeanSquareNormalization: Operator {
  static let registrations = [
    Registration("RMSNormalization", since: 23) { node in
      let shape = try node.operand(0)
      let axis = try node.axis(node.attributes.integer("axis", default: -1), rank: shape.count)
      node.attributes.ignore("stash_type")
      let scale = try node.constant(1, "scale")
      guard Broadcasting.shape(scale.shape, Array(shape[axis...])) == Array(shape[axis...]) else {
        throw node.fault("has parameters \(scale.shape.shapeText) for an input of \(shape.shapeText).")
      }
      return .operation(
        RootMeanSquareNormalization(
          lanes: Lanes(shape, axes: axis..<shape.count),
          epsilon: Double(try node.attributes.float("epsilon", default: 1e-5)),
          scale: scale.broadcast(to: Array(shape[axis...])).floats.map(Double.init)))
    }
  ]

  let lanes: Lanes
  let epsilon: Double
  /// One for each element of a vector.
  let scale: [Double]

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { operands }

  var parameterCount: Int { scale.count }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    ForwardResult(
      try lanes.map([pass.operands[0]], on: engine) { inputs, output in
        let (x, factor) = (inputs[0], factor(inputs[0]))
        for index in x.indices { output[index] = x[index] * factor * scale[index] }
      })
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    let dx = try engine.mapParts(gradient, count: pass.wanted[0]) { part in
      try lanes.map([part, pass.operands[0]], on: engine) { inputs, output in
        let (dy, x, factor) = (inputs[0], inputs[1], factor(inputs[1]))
        let product = x.indices.reduce(0) { $0 + dy[$1] * scale[$1] * x[$1] }
        let pull = factor * factor * factor * product / Double(x.count)
        for index in x.indices { output[index] = dy[index] * scale[index] * factor - x[index] * pull }
      }
    }
    return [dx]
  }

  /// 1 / √(mean(x²) + ε).
  private func factor(_ x: [Double]) -> Double {
    1 / (x.reduce(0) { $0 + $1 * $1 } / Double(x.count) + epsilon).squareRoot()
  }
}
