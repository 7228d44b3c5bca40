import Imaging
import NeuralNetwork
import Vocabulary

extension Method {
  /// S = Σ_k α_k A^k with α_k = mean over (i, j) of ∂y^c/∂A^k_ij: what Grad-CAM and the counterfactual are the two halves of.
  ///
  /// Source: Selvaraju et al. 2017, equations 1 and 2.
  public static let signedSum = Method(
    MethodName("signed", title: "Signed", picture: .signedMap),
    summary: "Where the maps of a layer speak for the class, and where against.", formulaText: "Σ_k α_k A^k",
    source: "Selvaraju et al. 2017, equations 1 and 2",
    nothing: { "Layer \($0) holds no evidence for this class, nor against it." },
    .ofRun([.activation, .gradient]) { run in
      .map(try run.activation.weightedSum(try run.gradient.channelMeans))
    })
}

extension Tensor {
  /// The mean of each channel of [1, K, h, w].
  ///
  /// Summed in double: with thousands of cells, float rounding alone would come near the tolerance.
  var channelMeans: [Float] {
    let area = shape[2] * shape[3]
    return values.withUnsafeBufferPointer { values in
      (0..<shape[1]).map { channel in
        Float(values[(channel * area)..<((channel + 1) * area)].reduce(0.0) { $0 + Double($1) } / Double(area))
      }
    }
  }

  /// Σ_k w_k A^k of the maps [1, K, h, w].
  func weightedSum(_ weights: [Float]) throws -> Heatmap {
    let area = shape[2] * shape[3]
    var sum = [Float](repeating: 0, count: area)
    values.withUnsafeBufferPointer { values in
      sum.withUnsafeMutableBufferPointer { sum in
        for (map, weight) in weights.enumerated() {
          for cell in 0..<area { sum[cell] += weight * values[map * area + cell] }
        }
      }
    }
    return try Heatmap(width: shape[3], height: shape[2], values: sum)
  }
}
