import Imaging
import Vocabulary

extension Method {
  /// HiResCAM: max(Σ_k ∂y^c/∂A^k ⊙ A^k, 0), each cell weighted by its own gradient and not by the mean.
  ///
  /// Equal to Grad-CAM where global average pooling and one linear layer follow. Source: Draelos and Carin 2020, equation 3.
  public static let hiResCAM = Method(
    MethodName("hires-cam", title: "HiResCAM", picture: .heatMap),
    summary: "Where the maps of a layer speak for the class, each cell weighted by its own gradient.",
    formulaText: "max(Σ_k ∂y^c/∂A^k ⊙ A^k, 0)", source: "Draelos and Carin 2020, equation 3",
    nothing: { "Layer \($0) holds no evidence for this class." },
    .ofRun([.activation, .gradient]) { run in
      let (activation, gradient) = (try run.activation, try run.gradient)
      let (height, width) = (activation.shape[2], activation.shape[3])
      var sum = [Float](repeating: 0, count: height * width)
      for (index, (a, g)) in zip(activation.values, gradient.values).enumerated() { sum[index % sum.count] += g * a }
      return .map(try Heatmap(width: width, height: height, values: sum.map { max($0, 0) }))
    })
}
