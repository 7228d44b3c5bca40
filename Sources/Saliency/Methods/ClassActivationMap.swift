import Diagnostics
import Imaging
import NeuralNetwork
import Vocabulary

extension Method {
  /// CAM: Σ_k w^c_k A^k, from the weights of the one linear layer behind global average pooling.
  ///
  /// Equal to Grad-CAM's signed sum times h·w at that layer. Source: Zhou et al. 2016, equation 2.
  public static let classActivationMap = Method(
    MethodName("cam", title: "CAM", picture: .heatMap),
    summary: "Where the maps before global average pooling speak for the class, by the weights of the layer behind it.",
    formulaText: "Σ_k w^c_k A^k", source: "Zhou et al. 2016, equation 2", subject: "class activation map",
    nothing: { _ in "The map is nowhere above zero." },
    .ofRun(.classActivationHead) { run in
      let (head, activation, classIndex) = try run.classActivationHead
      let maps = head.weights.shape[1]
      let weights = head.weights.values[(classIndex * maps)..<((classIndex + 1) * maps)]
      return .map(try activation.weightedSum(Array(weights)))
    })
}

extension Network {
  /// What CAM needs.
  ///
  /// - Throws: `Diagnostic` where the network does not end in global average pooling and one linear layer.
  func requiredClassActivationHead() throws(Diagnostic) -> ClassActivationHead {
    guard let head = classActivationHead else {
      throw .error(
        "“cam” needs a network that ends in global average pooling and one linear layer, which this one does not.",
        hint: "Try “grad-cam”, which works on any layer.")
    }
    return head
  }
}
