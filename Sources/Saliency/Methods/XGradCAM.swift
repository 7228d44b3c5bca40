import NeuralNetwork
import Vocabulary

extension Method {
  /// XGrad-CAM: Grad-CAM with weights Σ_ij g A / (Σ_ij A + 10⁻⁷): the mean of the gradient, weighted by where the map is active.
  ///
  /// Source: Fu et al. 2020, equation 12.
  public static let xGradCAM = Method(
    MethodName("xgrad-cam", title: "XGrad-CAM", picture: .heatMap),
    summary: "Where the maps of a layer speak for the class, each weighted by its gradient where it is active.",
    formulaText: "max(Σ_k α_k A^k, 0), α_k = Σ_ij g A^k / (Σ_ij A^k + 10⁻⁷)", source: "Fu et al. 2020, equation 12",
    nothing: noEvidence,
    .ofRun([.activation, .gradient]) { run in
      let (activation, gradient) = (try run.activation, try run.gradient)
      let weights = activation.channels(with: gradient) { maps, gradients in
        let products = zip(maps, gradients).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        return Float(products / (maps.reduce(0.0) { $0 + Double($1) } + 1e-7))
      }
      return .map(try activation.weightedSum(weights).mapValues { max($0, 0) })
    })
}

extension Tensor {
  /// A value of each channel of the maps A and B, both [1, K, h, w].
  func channels(with other: Tensor, _ value: (ArraySlice<Float>, ArraySlice<Float>) -> Float) -> [Float] {
    let area = shape[2] * shape[3]
    return (0..<shape[1]).map { channel in
      let cells = channel * area..<(channel + 1) * area
      return value(values[cells], other.values[cells])
    }
  }
}
