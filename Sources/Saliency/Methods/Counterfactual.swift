import Vocabulary

extension Method {
  /// What speaks against the class: Grad-CAM of the negated gradient, max(−S, 0).
  ///
  /// Source: Selvaraju et al. 2017, §3.3.
  public static let counterfactual = Method(
    MethodName("counterfactual", title: "Counterfactual", picture: .heatMap),
    summary: "Where the maps of a layer speak against the class: without what is there, the score would be higher.",
    formulaText: "max(−Σ_k α_k A^k, 0), α_k = mean of ∂y^c/∂A^k", source: "Selvaraju et al. 2017, §3.3",
    nothing: { "Layer \($0) holds no evidence against this class." },
    .of([.signedSum]) { sums, _ in sums[0].part { max(-$0, 0) } })
}
