import Vocabulary

extension Method {
  /// ∂y^c/∂x, the plain gradient at the input.
  ///
  /// Source: Simonyan et al. 2014, §3.
  public static let gradient = Method(
    MethodName("gradient", title: "Gradient", picture: .gradient),
    summary: "How the score changes with each pixel.", formulaText: "∂y^c/∂x", source: "Simonyan et al. 2014, §3",
    subject: "gradient at the input", nothing: { _ in "The gradient is zero everywhere." },
    .ofRun(.inputGradient) { .tensor(try $0.inputGradient) })
}
