public import Diagnostics

extension Method {
  /// Every method, in the order in which docs list them.
  public static let all: [Method] = [
    gradient, guidedBackpropagation, classActivationMap, gradCAM, guidedGradCAM, counterfactual, signedSum,
    localization, hiResCAM, gradCAMPlusPlus, xGradCAM, layerCAM, eigenCAM, scoreCAM, inputTimesGradient,
    integratedGradients, smoothGradient, deconvolution, occlusion, attentionRollout, attentionRelevance,
  ]

  /// What is shown where nobody says otherwise.
  public static let standard: [Method] = [guidedBackpropagation, gradCAM, guidedGradCAM]

  /// The method that is written so.
  ///
  /// - Throws: `Diagnostic` with the nearest name.
  public static func named(_ id: String) throws(Diagnostic) -> Method {
    guard let method = all.first(where: { $0.id == id }) else {
      throw .error("“\(id)” is no method.", hint: Suggestion.hint(for: id, in: all.map(\.id)))
    }
    return method
  }
}
