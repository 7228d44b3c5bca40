/// y = x / ‖x‖ along an axis, by the sum of absolute values or the Euclidean norm; zero stays zero.
///
/// Source: ONNX LpNormalization-1, -22.
struct LpNormalization: Operator {
  static let registrations = [
    Registration("LpNormalization") { node in
      let shape = try node.operand(0)
      let axis = try node.axis(node.attributes.integer("axis", default: -1), rank: shape.count)
      let power = try node.attributes.integer("p", default: 2)
      guard [1, 2].contains(power) else { throw node.fault("has the norm \(power); there are 1 and 2.") }
      return .operation(LpNormalization(lanes: Lanes(shape, axes: axis..<(axis + 1)), isEuclidean: power == 2))
    }
  ]

  let lanes: Lanes
  let isEuclidean: Bool

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { operands }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    ForwardResult(
      try lanes.map([pass.operands[0]], on: engine) { inputs, output in
        let norm = norm(inputs[0])
        for (index, x) in inputs[0].enumerated() { output[index] = norm == 0 ? 0 : x / norm }
      })
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    let dx = try engine.mapParts(gradient, count: pass.wanted[0]) { part in
      try lanes.map([part, pass.operands[0]], on: engine) { inputs, output in
        let (dy, x) = (inputs[0], inputs[1])
        let norm = norm(x)
        // dx = (dy − ∂‖x‖/∂x · Σ dy · y) / ‖x‖.
        let along = zip(dy, x).reduce(0) { $0 + $1.0 * $1.1 } / (norm == 0 ? 1 : norm)
        for index in dy.indices {
          let slope = isEuclidean ? x[index] / norm : x[index] > 0 ? 1 : x[index] < 0 ? -1 : 0
          output[index] = norm == 0 ? 0 : (dy[index] - slope * along) / norm
        }
      }
    }
    return [dx]
  }

  private func norm(_ values: [Double]) -> Double {
    isEuclidean
      ? values.reduce(0) { $0 + $1 * $1 }.squareRoot() : values.reduce(0) { $0 + abs($1) }
  }
}
