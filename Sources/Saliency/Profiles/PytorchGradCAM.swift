import Imaging
import NeuralNetwork
import Vocabulary

extension Method {
  /// Maps of the input's size, scaled from their least to their greatest value before and after upsampling.
  ///
  /// Source: pytorch-grad-cam 1.5, `BaseCAM.forward` and `scale_cam_image`; `ScoreCAM`.
  var underPytorchGradCAM: Method {
    switch self {
    case .scoreCAM: Self.scaled(.scoreCAMOfAlignedCorners, as: self)
    case .gradCAM, .hiResCAM, .gradCAMPlusPlus, .xGradCAM, .layerCAM, .eigenCAM: Self.scaled(self, as: self)
    case .guidedGradCAM:
      with(
        .pytorchGradCAM,
        .of([.guidedBackpropagation, .gradCAM.underPytorchGradCAM]) { parts, _ in
          guard case (.tensor(let guided), .map(let map)) = (parts[0], parts[1]) else { return parts[0] }
          return .tensor(guided.masked(by: map))
        })
    default: self
    }
  }

  private static func scaled(_ method: Method, as name: Method) -> Method {
    name.with(
      .pytorchGradCAM,
      .of([method]) { maps, context in
        guard let map = maps[0].heatmap else { return maps[0] }
        let size = (width: context.inputShape[3], height: context.inputShape[2])
        let upsampled = map.mapValues { max($0, 0) }.scaled().upsampled(width: size.width, height: size.height)
        return .map(upsampled.scaled())
      })
  }

  /// Score-CAM whose masks are upsampled so that the corners of map and picture meet.
  private static let scoreCAMOfAlignedCorners = scoreCAM.with(
    .pytorchGradCAM,
    scoreCAMFormula { map, _, width, height in map.upsampledAligningCorners(width: width, height: height) })
}

extension Heatmap {
  /// The map from 0 to 1.
  fileprivate func scaled() -> Heatmap {
    let least = values.min() ?? 0
    let greatest = (values.max() ?? 0) - least
    return mapValues { ($0 - least) / (1e-7 + greatest) }
  }
}
