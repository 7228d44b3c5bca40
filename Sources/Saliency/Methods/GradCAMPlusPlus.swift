import NeuralNetwork
import Vocabulary

extension Method {
  /// Grad-CAM++: each map weighted by its positive gradients, each of those by a = g² / (2g² + (Σ_ab A_ab) g³ + 10⁻⁶), which is 0
  /// where g is.
  ///
  /// Source: Chattopadhay et al. 2018, equations 5 and 19.
  public static let gradCAMPlusPlus = Method(
    MethodName("grad-cam-plus-plus", title: "Grad-CAM++", picture: .heatMap),
    summary: "Where the maps of a layer speak for the class, so that several things of one class count alike.",
    formulaText: "max(Σ_k w_k A^k, 0), w_k = Σ_ij max(g, 0) · g² / (2g² + (Σ_ab A^k_ab) g³ + 10⁻⁶)",
    source: "Chattopadhay et al. 2018, equations 5 and 19",
    nothing: noEvidence,
    .ofRun([.activation, .gradient]) { run in
      let (activation, gradient) = (try run.activation, try run.gradient)
      let weights = activation.channels(with: gradient) { maps, gradients in
        let total = maps.reduce(0.0) { $0 + Double($1) }
        var weight = 0.0
        for gradient in gradients where gradient > 0 {
          let g = Double(gradient)
          let (square, cube) = (g * g, g * g * g)
          weight += cube / (2 * square + total * cube + 1e-6)
        }
        return Float(weight)
      }
      return .map(try activation.weightedSum(weights).mapValues { max($0, 0) })
    })
}
