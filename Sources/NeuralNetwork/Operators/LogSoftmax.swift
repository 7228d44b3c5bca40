import Foundation

/// y = x − log Σ exp(x) along an axis; before version 13, along all axes from one on. Source: ONNX LogSoftmax-1, -11, -13.
struct LogSoftmax: Operator {
  static let registrations = [
    Registration("LogSoftmax") { node in
      let shape = try node.operand(0)
      let axis = try node.axis(node.attributes.integer("axis", default: 1), rank: shape.count)
      return .operation(LogSoftmax(lanes: Lanes(shape, axes: axis..<shape.count)))
    },
    Registration("LogSoftmax", since: 13) { node in
      let shape = try node.operand(0)
      let axis = try node.axis(node.attributes.integer("axis", default: -1), rank: shape.count)
      return .operation(LogSoftmax(lanes: Lanes(shape, axes: axis..<(axis + 1))))
    },
  ]

  let lanes: Lanes

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { operands }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    ForwardResult(
      try lanes.map([pass.operands[0]], on: engine) { inputs, output in
        let x = inputs[0]
        let maximum = x.max() ?? 0
        let logarithm = maximum + log(x.reduce(0) { $0 + exp($1 - maximum) })
        for index in x.indices { output[index] = x[index] - logarithm }
      })
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    let dx = try engine.mapParts(gradient, count: pass.wanted[0]) { part in
      try lanes.map([part, pass.outputs[0]], on: engine) { inputs, output in
        let (dy, y) = (inputs[0], inputs[1])
        let sum = dy.reduce(0, +)
        for index in dy.indices { output[index] = dy[index] - exp(y[index]) * sum }
      }
    }
    return [dx]
  }
}
