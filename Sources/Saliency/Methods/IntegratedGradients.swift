import NeuralNetwork
import Vocabulary

extension Method {
  /// (x − x₀) ⊙ the mean of ∂y^c/∂x on the way from x₀ = 0 to x, at the middle of each of fifty steps.
  ///
  /// Its elements sum to y^c(x) − y^c(x₀), but for the error of the steps. 0 is in the network's own units: the mean colour,
  /// where inputs are standardised. Source: Sundararajan et al. 2017, equation 3.
  public static let integratedGradients = Method(
    MethodName("integrated-gradients", title: "Integrated gradients", picture: .gradient),
    summary: "What each pixel adds to the score on the way from an empty picture to this one.",
    formulaText: "x ⊙ mean over k of ∂y^c/∂x at (k + ½)/50 · x", source: "Sundararajan et al. 2017, equation 3",
    subject: "integrated gradient", settings: "50 steps from 0, each at its middle",
    isComplete: true,
    nothing: { _ in "The integrated gradient is zero everywhere." },
    .ofPictures(
      Probe(
        question: .meanGradient, needs: .input, mostPictures: { _, _ in steps },
        pictures: { run in
          let input = try run.input
          return PictureSeries(count: steps) { step in
            let share = (Float(step) + 0.5) / Float(steps)
            return Tensor(shape: input.shape, input.values.map { share * $0 })
          }
        })
    ) { run in
      let (input, gradient) = (try run.input, try run.meanGradient)
      return .tensor(Tensor(shape: gradient.shape, zip(input.values, gradient.values).map { $0 * $1 }))
    })

  private static let steps = 50
}
