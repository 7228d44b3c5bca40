import NeuralNetwork
import Vocabulary

extension Method {
  /// The mean of the gradient over 25 pictures, each with noise of its own, of σ = 0.15 · (max x − min x).
  ///
  /// The noise follows from a seed alone, and is the same on every machine. Source: Smilkov et al. 2017, §3.
  public static let smoothGradient = smoothGradient(samples: 25, settings: "25 samples, σ = 0.15 · (max x − min x)") {
    input, sample in
    let deviation = 0.15 * Double((input.values.max() ?? 0) - (input.values.min() ?? 0))
    return GaussianNoise.values(input.values.count, seed: UInt64(sample)).map { Float(deviation * $0) }
  }

  /// The same with other noise.
  ///
  /// - Parameter noise: what is added to the input [1, C, H, W] for the sample of a number, counted from 0; as many values.
  static func smoothGradient(
    samples: Int, settings: String, noise: @escaping @Sendable (_ input: Tensor, _ sample: Int) -> [Float]
  ) -> Method {
    Method(
      MethodName("smooth-grad", title: "SmoothGrad", picture: .gradient),
      summary: "How the score changes with each pixel, on average over pictures that differ by noise.",
      formulaText: "mean over n of ∂y^c/∂x at x + N(0, σ²)", source: "Smilkov et al. 2017, §3",
      subject: "smoothed gradient", settings: settings,
      randomness: "noise, from a seed, so that it is the same each time",
      nothing: { _ in "The gradient is zero everywhere." },
      .ofPictures(
        Probe(
          question: .meanGradient, needs: .input, mostPictures: { _, _ in samples },
          pictures: { run in
            let input = try run.input
            return PictureSeries(count: samples) { sample in
              Tensor(shape: input.shape, zip(input.values, noise(input, sample)).map { $0 + $1 })
            }
          })
      ) { run in .tensor(try run.meanGradient) })
  }
}
