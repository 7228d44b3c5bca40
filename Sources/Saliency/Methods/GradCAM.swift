import Imaging
import Network

/// Grad-CAM and its counterfactual from one activation and one gradient.
///
/// α_k = mean over (i, j) of ∂y^c/∂A^k_ij; S = Σ_k α_k A^k. Grad-CAM is max(S, 0); negating the gradient negates S, so
/// the counterfactual is max(−S, 0). Source: Selvaraju et al. 2017, equations 1 and 2 and §3.3.
enum GradCAM {
  /// S, the signed sum, at layer resolution.
  ///
  /// - Parameters:
  ///   - activation: A, [1, K, h, w].
  ///   - gradient: ∂y^c/∂A, [1, K, h, w].
  static func signedSum(activation: Tensor, gradient: Tensor) throws -> Heatmap {
    let (maps, height, width) = (activation.shape[1], activation.shape[2], activation.shape[3])
    let area = height * width
    let weights = gradient.values.withUnsafeBufferPointer { gradient in
      // Summed in double: with thousands of cells, float rounding alone would come near the tolerance.
      (0..<maps).map { map in
        Float(gradient[(map * area)..<((map + 1) * area)].reduce(0.0) { $0 + Double($1) } / Double(area))
      }
    }
    return try weightedSum(of: activation, weights: weights, height: height, width: width)
  }

  /// Σ_k w_k A^k.
  static func weightedSum(of activation: Tensor, weights: [Float], height: Int, width: Int) throws -> Heatmap {
    let area = height * width
    var sum = [Float](repeating: 0, count: area)
    activation.values.withUnsafeBufferPointer { activation in
      sum.withUnsafeMutableBufferPointer { sum in
        for (map, weight) in weights.enumerated() {
          for cell in 0..<area { sum[cell] += weight * activation[map * area + cell] }
        }
      }
    }
    return try Heatmap(width: width, height: height, values: sum)
  }
}
