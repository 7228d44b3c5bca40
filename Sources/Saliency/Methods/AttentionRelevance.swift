import Vocabulary

extension Method {
  /// Relevance by attention: rollout in which each head's attention counts as far as it speaks for the class.
  ///
  /// Without a class token it is the mean over all tokens. Source: Chefer et al. 2021 (Generic attention-model explainability),
  /// equations 5 and 6.
  public static let attentionRelevance = Method(
    MethodName("attention-relevance", title: "Attention relevance", picture: .heatMap),
    summary: "Which patches of the picture the answer draws on, by the attention that speaks for the class.",
    formulaText: "the class token's row of C, C ← C + mean over heads of max(∂y^c/∂A ⊙ A, 0) · C, from I",
    source: "Chefer et al. 2021, equations 5 and 6", subject: "attention relevance",
    nothing: { _ in "No attention speaks for this class." },
    .ofRun([.attention, .attentionGradient]) { run in
      let attention = try run.attention
      let flow = attention.layers.reduce(SquareMatrix.identity(attention.grid.tokens)) { flow, layer in
        guard let gradients = layer.gradients else { return flow }
        let weights = SquareMatrix.mean(layer.heads) { head, element in
          max(gradients[head].values[element] * layer.heads[head].values[element], 0)
        }
        return flow.plus(weights.times(flow))
      }
      return .map(try attention.map(flow))
    })
}
