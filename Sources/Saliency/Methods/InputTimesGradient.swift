import NeuralNetwork
import Vocabulary

extension Method {
  /// x ⊙ ∂y^c/∂x: what each pixel adds to the score, were the network linear.
  ///
  /// x is the input in the network's own units. Source: Shrikumar et al. 2016, §2.
  public static let inputTimesGradient = Method(
    MethodName("input-x-gradient", title: "Input × gradient", picture: .gradient),
    summary: "What each pixel would add to the score if the network were linear.", formulaText: "x ⊙ ∂y^c/∂x",
    source: "Shrikumar et al. 2016, §2", subject: "product of input and gradient",
    nothing: { _ in "The product is zero everywhere." },
    .ofRun([.inputGradient, .input]) { run in
      let (input, gradient) = (try run.input, try run.inputGradient)
      return .tensor(Tensor(shape: gradient.shape, zip(input.values, gradient.values).map { $0 * $1 }))
    })
}
