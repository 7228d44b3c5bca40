import Imaging
import NeuralNetwork
import Vocabulary

extension Method {
  /// HiResCAM: max(Σ_k ∂y^c/∂A^k ⊙ A^k, 0), each cell weighted by its own gradient and not by the mean.
  ///
  /// Equal to Grad-CAM where global average pooling and one linear layer follow. Source: Draelos and Carin 2020, equation 3.
  public static let hiResCAM = Method(
    MethodName("hires-cam", title: "HiResCAM", picture: .heatMap),
    summary: "Where the maps of a layer speak for the class, each cell weighted by its own gradient.",
    formulaText: "max(Σ_k ∂y^c/∂A^k ⊙ A^k, 0)", source: "Draelos and Carin 2020, equation 3",
    nothing: noEvidence,
    .ofRun([.activation, .gradient]) { run in
      .map(try run.activation.cellSum(run.gradient) { $1 * $0 }.mapValues { max($0, 0) })
    })
}

extension Tensor {
  /// Σ_k f(A^k, B^k) for each cell of the maps A and B, both [1, K, h, w].
  func cellSum(_ other: Tensor, _ value: (Float, Float) -> Float) throws -> Heatmap {
    var sum = [Float](repeating: 0, count: shape[2] * shape[3])
    for (index, (a, b)) in zip(values, other.values).enumerated() { sum[index % sum.count] += value(a, b) }
    return try Heatmap(width: shape[3], height: shape[2], values: sum)
  }
}
