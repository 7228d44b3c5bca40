import Diagnostics
import Imaging
import Network

/// CAM: Σ_k w^c_k A^k, from the weights of the one linear layer behind global average pooling.
///
/// Equal to Grad-CAM's signed sum times h·w at that layer. Source: Zhou et al. 2016, equation 2.
enum ClassActivationMap {
  /// - Throws: `Diagnostic` where the network does not end in global average pooling and one linear layer.
  static func head(of network: Network) throws -> ClassActivationHead {
    guard let head = network.classActivationHead else {
      throw Diagnostic.error(
        "“cam” needs a network that ends in global average pooling and one linear layer, which this one does not.",
        hint: "Try “grad-cam”, which works on any layer.")
    }
    return head
  }

  /// The map of a class, at layer resolution and not rectified.
  static func map(activation: Tensor, head: ClassActivationHead, classIndex: Int) throws -> Heatmap {
    let maps = head.weights.shape[1]
    let weights = Array(head.weights.values[(classIndex * maps)..<((classIndex + 1) * maps)])
    return try GradCAM.weightedSum(
      of: activation, weights: weights, height: activation.shape[2], width: activation.shape[3])
  }
}
