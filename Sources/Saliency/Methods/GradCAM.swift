import Imaging
import Vocabulary

extension Method {
  /// Gradient-weighted class activation map: max(S, 0), the positive part of the signed sum.
  ///
  /// Source: Selvaraju et al. 2017, equations 1 and 2.
  public static let gradCAM = Method(
    MethodName("grad-cam", title: "Grad-CAM", picture: .heatMap),
    summary: "Where the maps of a layer speak for the class, each weighted by its mean gradient.",
    formulaText: "max(Σ_k α_k A^k, 0), α_k = mean of ∂y^c/∂A^k", source: "Selvaraju et al. 2017, equations 1 and 2",
    nothing: noEvidence,
    .of([.signedSum]) { sums, _ in sums[0].part { max($0, 0) } })

  /// What a map that shows what speaks for the class says where it is nowhere above zero.
  static let noEvidence: @Sendable (_ layer: String) -> String = { "Layer \($0) holds no evidence for this class." }
}

extension Attribution {
  /// A map with each value transformed.
  func part(_ transform: (Float) -> Float) -> Attribution {
    if case .map(let map) = self { .map(map.mapValues(transform)) } else { self }
  }
}
