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

  func forward(_ operands: [Memory], on engine: Engine) throws -> ForwardResult {
    ForwardResult(
      try lanes.map([operands[0]], on: engine) { inputs, output in
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

/// The vectors of a tensor along some neighbouring axes.
struct Lanes {
  private let outer: Int
  /// Elements of a vector.
  let count: Int
  private let inner: Int

  init(_ shape: [Int], axes: Range<Int>) {
    self.init(
      outer: shape[..<axes.lowerBound].reduce(1, *), count: shape[axes].reduce(1, *),
      inner: shape[axes.upperBound...].reduce(1, *))
  }

  private init(outer: Int, count: Int, inner: Int) {
    self.outer = outer
    self.count = count
    self.inner = inner
  }

  /// How many vectors there are.
  var laneCount: Int { outer * inner }

  /// Where element `position` of a vector lies, row-major.
  func offset(lane: Int, _ position: Int) -> Int {
    lane / inner * inner * count + lane % inner + position * inner
  }

  /// The vectors of a tensor that has `count` elements along those axes.
  func resized(to count: Int) -> Lanes { Lanes(outer: outer, count: count, inner: inner) }

  /// A tensor whose vectors `body` computes from those of `operands` at the same place, in float64.
  func map(
    _ operands: [Memory], on engine: Engine, _ body: (_ inputs: [[Double]], _ output: inout [Double]) -> Void
  ) throws -> Memory {
    let plain = try operands.map { try engine.reorder($0, to: .plain) }
    let sources = plain.map(\.elements)
    let result = engine.allocate(Layout(operands[0].shape))
    let target = result.elements
    var vector = [Double](repeating: 0, count: count)
    withExtendedLifetime(plain) {
      for lane in 0..<laneCount {
        let start = offset(lane: lane, 0)
        body(sources.map { source in (0..<count).map { Double(source[start + $0 * inner]) } }, &vector)
        for index in 0..<count { target[start + index * inner] = Float(vector[index]) }
      }
    }
    return result
  }
}
