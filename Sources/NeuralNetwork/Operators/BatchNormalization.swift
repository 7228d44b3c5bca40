import CKernels
import Foundation

/// y = x · scale + shift for each channel, with the running statistics of training: γ (x − μ) / √(σ² + ε) + β.
///
/// In training mode it takes the statistics of its input, which must be constant: networks standardise weights that way
/// (``BatchStatistics``). Source: ONNX BatchNormalization-1, -6, -7, -9, -14, -15; Ioffe and Szegedy 2015.
struct BatchNormalization: Operator {
  static let registrations = [
    Registration("BatchNormalization") { node in
      let input = try node.operand(0)
      let epsilon = try node.attributes.float("epsilon", default: 1e-5)
      let momentum = try node.attributes.float("momentum", default: 0.9)
      node.attributes.ignore("consumed_inputs")
      let isTest = try node.attributes.flag("is_test")
      // Before version 14, a node with more outputs than one trains.
      let isTraining = try node.attributes.flag("training_mode") || node.opset < 14 && node.outputCount > 1 && !isTest
      if isTraining { return .constants(try BatchStatistics(&node, epsilon, momentum).outputs) }
      let parameters = try ["scale", "bias", "mean", "variance"].enumerated().map { index, role in
        try node.constant(index + 1, role).floats.map(Double.init)
      }
      let isSpatial = try node.attributes.flag("spatial", default: true)
      guard isSpatial || input.dropFirst(2).allSatisfy({ $0 == 1 }) else {
        throw node.fault(
          "has spatial = 0, statistics for each place of a map rather than for each channel, which is not supported.",
          hint: input.count > 1 && parameters.allSatisfy { $0.count == input[1] }
            ? "Its parameters are one for each channel, as with spatial = 1: set that in the file if its exporter erred, "
              + "as MXNet’s did." : "Export the model with spatial = 1.")
      }
      guard input.count >= 2, parameters.allSatisfy({ $0.count == input[1] }) else {
        throw node.fault("has parameters that do not fit the channels of \(input.shapeText).")
      }
      let scale = zip(parameters[0], parameters[3]).map { $0 / ($1 + Double(epsilon)).squareRoot() }
      let shift = zip(parameters[1], zip(parameters[2], scale)).map { $0 - $1.0 * $1.1 }
      let (scales, shifts) = (scale.map { Float($0) }, shift.map { Float($0) })
      if let channel = scales.indices.first(where: { !scales[$0].isFinite || !shifts[$0].isFinite }) {
        throw node.fault("divides by the root of \(parameters[3][channel]), the variance of channel \(channel).")
      }
      let deviation = parameters[3].map { ($0 + Double(epsilon)).squareRoot() }
      return .operation(
        BatchNormalization(
          scale: scales, shift: shifts,
          statistics: Statistics(mean: parameters[2], deviation: deviation)))
    }
  ]

  /// γ / √(σ² + ε), one for each channel.
  let scale: [Float]
  /// β − μ · scale.
  let shift: [Float]
  /// What training saw at the input.
  let statistics: Statistics
  /// What follows, where the plan fuses it in.
  private(set) var rectifier: Rectifier?

  /// The mean μ and the deviation √(σ² + ε) of each channel.
  struct Statistics {
    let mean: [Double]
    let deviation: [Double]
  }

  init(scale: [Float], shift: [Float], statistics: Statistics) {
    (self.scale, self.shift, self.statistics) = (scale, shift, statistics)
  }

  /// Takes in the rectifier behind it.
  func fused(with next: Successor) -> (any Operator)? {
    guard rectifier == nil, let rectifier = next.operation as? Rectifier else { return nil }
    var copy = self
    copy.rectifier = rectifier
    return copy
  }

  var fusedKinds: [String] { rectifier == nil ? [] : ["Rectifier"] }

  var parameterCount: Int { scale.count + shift.count }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { operands }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let x = try planar(pass.operands[0], on: engine)
    let output = engine.allocate(x.layout)
    let (scales, shifts) = (ChannelVectors(scale, for: x.layout), ChannelVectors(shift, for: x.layout))
    let limits = rectifier?.function.limits ?? (-.infinity, .infinity)
    let (source, target, size) = (x.floats, output.floats, scales.planeSize)
    Threads.forEach(x.layout.byteCount / MemoryLayout<Float>.size / size) { plane in
      scales.withVector(ofPlane: plane) { scale in
        shifts.withVector(ofPlane: plane) { shift in
          affine_rectify(
            source + plane * size, size, scale, shift, limits.lower, limits.upper, target + plane * size)
        }
      }
    }
    return ForwardResult(output)
  }

  var sumsGradients: Bool { rectifier != nil }

  func bound(ofOperands count: Int, _ magnitude: (Int) -> Float) -> Float {
    let x = magnitude(0)
    // What is not a number passes, also where the scale is zero, and an infinite bound may hide one.
    guard x.isFinite else { return .infinity }
    return zip(scale, shift).reduce(0) { max($0, abs($1.0) * x + abs($1.1)) }
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    return [
      try RectifierGradient(rectifier, scale: scale).apply(
        gradient, addend: pass.addend?.prefix(pass.wanted[0], of: pass.count),
        output: planar(pass.outputs[0], on: engine), rules: Array(pass.rules.prefix(pass.wanted[0])), on: engine)
    ]
  }

  /// `memory` in a layout in which a channel's pixels, or those of eight channels, lie in one piece.
  private func planar(_ memory: Memory, on engine: Engine) throws -> Memory {
    let isPlanar = memory.layout.format == .plain || memory.layout.format == .blocked8
    return isPlanar ? memory : try engine.reorder(memory, to: .blocked8)
  }
}
