import Imaging
import NeuralNetwork
import Vocabulary

extension Method {
  /// Guided backpropagation seen through Grad-CAM: the guided gradient, multiplied in each channel by the normalised, upsampled
  /// map.
  ///
  /// Source: Selvaraju et al. 2017, §3.2.
  public static let guidedGradCAM = Method(
    MethodName("guided-grad-cam", title: "Guided Grad-CAM", picture: .gradient),
    summary: "The guided gradient where Grad-CAM finds the class.",
    formulaText: "guided gradient ⊙ upsampled(Grad-CAM / max Grad-CAM)", source: "Selvaraju et al. 2017, §3.2",
    nothing: { _ in "The product is zero everywhere." },
    .of([.guidedBackpropagation, .gradCAM]) { parts, context in
      guard case (.tensor(let guided), .map(let map)) = (parts[0], parts[1]) else { return parts[0] }
      return .tensor(guided.masked(by: map.normalized(), over: context.view))
    })
}

extension Tensor {
  /// [1, C, H, W], multiplied in each channel by a map that lies over `view`.
  func masked(by map: Heatmap, over view: FieldOfView) -> Tensor {
    masked(by: map.laid(over: view, width: shape[3], height: shape[2]))
  }

  /// [1, C, H, W], multiplied in each channel by a map of H × W cells.
  func masked(by map: Heatmap) -> Tensor {
    let mask = map.values
    var result = self
    result.values.withUnsafeMutableBufferPointer { values in
      for channel in 0..<shape[1] {
        for cell in 0..<mask.count { values[channel * mask.count + cell] *= mask[cell] }
      }
    }
    return result
  }
}
