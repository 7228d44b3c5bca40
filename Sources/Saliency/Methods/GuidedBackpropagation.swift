import Vocabulary

extension Method {
  /// The gradient at the input under the guided rule: rectifiers let through what is positive on both ways.
  ///
  /// Source: Springenberg et al. 2015, §3.4.
  public static let guidedBackpropagation = Method(
    MethodName("guided-backprop", title: "Guided backprop", picture: .gradient),
    summary: "The gradient at the input where rectifiers let only positive gradients through.",
    formulaText: "∂y^c/∂x, with R_l = [A_l > 0] [R_{l+1} > 0] R_{l+1} at rectifiers",
    source: "Springenberg et al. 2015, §3.4", subject: "guided gradient at the input",
    nothing: { _ in "No positive gradient reaches the input." },
    .ofRun(.guidedInputGradient) { .tensor(try $0.guidedInputGradient) })
}
