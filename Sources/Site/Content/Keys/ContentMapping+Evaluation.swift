import Vocabulary

extension ContentMapping {
  /// Of an `evaluation` block.
  static let evaluationKeys = [
    YAMLKey(
      "file", "evaluation.json",
      "The numbers, as `sitegen evaluate --json` writes them. It is looked for beside the page, then in `models`. Must be there."
    ),
    methodsKey,
    YAMLKey(
      "measures", "[pointing, energy]",
      "The columns: \(choices(EvaluationMeasure.self)). Without it all that were measured."),
    YAMLKey("caption", "All methods on held-out scenes.", "What stands above the table."),
  ]

  /// Of a `method-cards` block.
  static let methodCardKeys = [
    YAMLKey(
      "file", "evaluation.json",
      "The numbers for the tests. Without it the cards tell what follows from the methods alone."),
    methodsKey,
  ]

  private static let methodsKey = YAMLKey(
    "methods", "[grad-cam, guided-backprop]", "Which methods, in this order. Without it all that the file has.")
}
