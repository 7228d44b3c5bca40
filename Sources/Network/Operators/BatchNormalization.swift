import Foundation

/// y = x · scale + shift for each channel, with the running statistics of training: γ (x − μ) / √(σ² + ε) + β.
///
/// Source: ONNX BatchNormalization-1, -6, -7, -9, -14, -15, in inference; Ioffe and Szegedy 2015.
struct BatchNormalization: Operator {
  static let registrations = [
    Registration("BatchNormalization") { node in
      let input = try node.operand(0)
      let epsilon = try node.attributes.float("epsilon", default: 1e-5)
      node.attributes.ignore("momentum", "is_test", "consumed_inputs")
      guard try node.attributes.integer("spatial", default: 1) == 1,
        try !node.attributes.flag("training_mode"), node.outputCount == 1
      else {
        throw node.fault("is in training mode.", hint: "Export the model in evaluation mode (`model.eval()`).")
      }
      let parameters = try ["scale", "bias", "mean", "variance"].enumerated().map { index, role in
        try node.constant(index + 1, role).floats.map(Double.init)
      }
      guard input.count >= 2, parameters.allSatisfy({ $0.count == input[1] }) else {
        throw node.fault("has parameters that do not fit the channels of \(input.shapeText).")
      }
      let scale = zip(parameters[0], parameters[3]).map { $0 / ($1 + Double(epsilon)).squareRoot() }
      let shift = zip(parameters[1], zip(parameters[2], scale)).map { $0 - $1.0 * $1.1 }
      return .operation(BatchNormalization(scale: scale.map { Float($0) }, shift: shift.map { Float($0) }))
    }
  ]

  /// γ / √(σ² + ε), one for each channel.
  let scale: [Float]
  /// β − μ · scale.
  let shift: [Float]

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { operands }

  func forward(_ operands: [Memory], on engine: Engine) throws -> ForwardResult {
    let output = try engine.apply(.multiply, operands[0], perChannel(scale, of: operands[0].shape, on: engine))
    return ForwardResult(try engine.apply(.add, output, perChannel(shift, of: output.shape, on: engine)))
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    return [try engine.apply(.multiply, gradient, perChannel(scale, of: gradient.shape, on: engine))]
  }

  private func perChannel(_ values: [Float], of shape: [Int], on engine: Engine) -> Memory {
    engine.upload(Tensor(shape: [1, values.count] + shape.dropFirst(2).map { _ in 1 }, values))
  }
}

extension Engine {
  /// a ∘ b in a's layout, b repeated along axes where it has size 1.
  func apply(_ function: BinaryFunction, _ first: Memory, _ second: Memory) throws -> Memory {
    // One number for each channel must lie as the channels do, or oneDNN falls back to a plain loop.
    let isPerChannel = second.shape.count == 4 && second.shape == [1, first.shape[1], 1, 1]
    let second = isPerChannel ? try reorder(second, to: first.layout.format) : second
    let result = allocate(first.layout)
    try execute(
      primitive(Binary(function: function, first: first.layout, second: second.layout)),
      [(.source, first), (.source1, second), (.destination, result)])
    return result
  }
}
