import Diagnostics

/// Batch normalisation in training mode, of a constant: y = γ (x − μ) / √(σ² + ε) + β with the mean and variance of x itself
/// over all axes but the second.
///
/// Networks standardise the weights of their convolutions so (Qiao et al. 2019; Brock et al. 2021). Source: ONNX
/// BatchNormalization-7, -9, -14, -15.
struct BatchStatistics {
  /// y, [N, C, …], and the running statistics that the training would go on with.
  let outputs: [Constant]

  /// - Throws: `Diagnostic` where the input is no constant: then the network is being trained.
  init(_ node: inout NodeReader, _ epsilon: Float, _ momentum: Float) throws {
    guard node.isConstant(0) else {
      throw node.fault("is in training mode.", hint: "Export the model in evaluation mode (`model.eval()`).")
    }
    let input = try node.constant(0, "input")
    let (scale, bias) = (try node.constant(1, "scale").floats, try node.constant(2, "bias").floats)
    let running = try [(3, "mean"), (4, "variance")].map { try node.constant($0, $1).floats.map(Double.init) }
    let channels = input.shape.count > 1 ? input.shape[1] : 0
    guard channels > 0, input.count > 0,
      ([scale.count, bias.count] + running.map(\.count)).allSatisfy({ $0 == channels })
    else { throw node.fault("has parameters that do not fit the channels of \(input.shape.shapeText).") }
    var values = input.floats
    let area = input.shape.dropFirst(2).reduce(1, *)
    let (count, picture) = (Double(input.count / channels), channels * area)
    var statistics: [(mean: Double, variance: Double)] = []
    for channel in 0..<channels {
      let places = stride(from: channel * area, to: values.count, by: picture).flatMap { $0..<($0 + area) }
      let mean = places.reduce(0) { $0 + Double(values[$1]) } / count
      let variance = places.reduce(0) { $0 + (Double(values[$1]) - mean) * (Double(values[$1]) - mean) } / count
      let factor = Double(scale[channel]) / (variance + Double(epsilon)).squareRoot()
      for place in places { values[place] = Float((Double(values[place]) - mean) * factor + Double(bias[channel])) }
      statistics.append((mean, variance))
    }
    let (old, new) = (Double(momentum), 1 - Double(momentum))
    func vector(_ numbers: [Double]) -> Constant { Constant(shape: [channels], numbers.map { Float($0) }) }
    let (means, variances) = (statistics.map(\.mean), statistics.map(\.variance))
    outputs =
      [
        Constant(shape: input.shape, values), vector(zip(running[0], means).map { $0 * old + $1 * new }),
        vector(zip(running[1], variances).map { $0 * old + $1 * new }),
      ] + (node.opset < 14 ? [vector(means), vector(variances)] : [])
  }
}
