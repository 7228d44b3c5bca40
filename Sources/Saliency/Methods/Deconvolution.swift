import Vocabulary

extension Method {
  /// The gradient at the input under the rule of deconvolution: rectifiers let through what is positive on the way back.
  ///
  /// Rectifiers with an upper bound keep their derivative. Source: Zeiler and Fergus 2014, §2.1; as a rule for gradients Springenberg et al. 2015, §3.4.
  public static let deconvolution = Method(
    MethodName("deconvnet", title: "Deconvnet", picture: .gradient),
    summary: "The gradient at the input where rectifiers let positive gradients through, whatever they were given.",
    formulaText: "∂y^c/∂x, with R_l = [R_{l+1} > 0] R_{l+1} at rectifiers",
    source: "Zeiler and Fergus 2014, §2.1", subject: "deconvolved gradient at the input",
    settings: "rectifiers with an upper bound, such as ReLU6, keep their derivative",
    nothing: { _ in "No positive gradient reaches the input." },
    .ofRun(.deconvolvedInputGradient) { .tensor(try $0.deconvolvedInputGradient) })
}
