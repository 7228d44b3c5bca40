import Imaging
import NeuralNetwork
import Vocabulary

extension Method {
  /// Grad-CAM with both signs; its positive part, as it is, upsampled by repeating cells where it is multiplied.
  ///
  /// Source: Captum 0.7, `LayerGradCam` and `GuidedGradCam`.
  var underCaptum: Method {
    switch self {
    case .gradCAM: with(.captum, .of([.signedSum]) { sums, _ in sums[0] })
    case .guidedGradCAM:
      with(
        .captum,
        .of([.guidedBackpropagation, .gradCAM]) { parts, context in
          guard case (.tensor(let guided), .map(let map)) = (parts[0], parts[1]) else { return parts[0] }
          return .tensor(
            guided.masked(by: map.repeated(width: context.inputShape[3], height: context.inputShape[2])))
        })
    default: self
    }
  }
}
