import Imaging
import Network

/// Guided Grad-CAM: the guided gradient, multiplied in each channel by the normalised, upsampled Grad-CAM map.
///
/// Source: Selvaraju et al. 2017, §3.2.
enum GuidedGradCAM {
  /// - Parameters:
  ///   - guided: the guided gradient, [1, C, H, W].
  ///   - map: Grad-CAM at layer resolution, not normalised.
  ///   - view: what part of the input the layer sees.
  /// - Returns: [1, C, H, W].
  static func product(guided: Tensor, map: Heatmap, view: FieldOfView) -> Tensor {
    let (height, width) = (guided.shape[2], guided.shape[3])
    let mask = map.normalized().laid(over: view, width: width, height: height).values
    var result = guided
    result.values.withUnsafeMutableBufferPointer { values in
      for channel in 0..<guided.shape[1] {
        for cell in 0..<mask.count { values[channel * mask.count + cell] *= mask[cell] }
      }
    }
    return result
  }
}
