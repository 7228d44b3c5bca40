import Vocabulary

extension Method {
  /// Attention rollout: how much of each patch reaches the class token, if all that tokens pass on is what they attend to.
  ///
  /// The class plays no part. Without a class token it is the mean over all tokens. Source: Abnar and Zuidema 2020, §3.
  public static let attentionRollout = Method(
    MethodName("attention-rollout", title: "Attention rollout", picture: .heatMap),
    summary: "Which patches of the picture the answer draws on, by the attention alone, whatever the class.",
    formulaText: "the class token's row of Â_L ⋯ Â_1, Â = (mean over heads of A + I) / 2 with rows of sum 1",
    source: "Abnar and Zuidema 2020, §3", subject: "attention rollout",
    nothing: { _ in "The class token attends to no patch." },
    .ofRun(.attention) { run in
      let attention = try run.attention
      let flow = attention.layers.reduce(SquareMatrix.identity(attention.grid.tokens)) { flow, layer in
        let mean = SquareMatrix.mean(layer.heads) { layer.heads[$0].values[$1] }
        return mean.plus(.identity(mean.size)).withRowsNormalized.times(flow)
      }
      return .map(try attention.map(flow))
    })
}
