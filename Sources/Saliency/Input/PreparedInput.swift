public import Imaging
public import NeuralNetwork

/// A picture as the network sees it.
public struct PreparedInput: Sendable {
  /// [1, C, H, W].
  public let tensor: Tensor
  /// The part of the picture that the network sees, in the picture's pixels; it reaches beyond the picture where padding
  /// was added.
  public let region: Rect
  /// The colour of the padding.
  let fill: RGB

  /// A tensor that was prepared elsewhere: the picture is the input itself.
  public init(tensor: Tensor) {
    self.init(tensor: tensor, region: Rect(x: 0, y: 0, width: tensor.shape[3], height: tensor.shape[2]))
  }

  init(tensor: Tensor, region: Rect, fill: RGB = (255, 255, 255)) {
    self.tensor = tensor
    self.region = region
    self.fill = fill
  }

  /// The part of `image` that the network sees, at the picture's own resolution.
  public func view(of image: Image) -> Image {
    image.cropped(to: region, fill: fill)
  }

  /// A box given at the network's input size, in the picture's pixels.
  public func regionOfImage(_ box: Rect) -> Rect {
    let across = Double(region.width) / Double(tensor.shape[3])
    let down = Double(region.height) / Double(tensor.shape[2])
    let left = Int((Double(box.x) * across).rounded())
    let top = Int((Double(box.y) * down).rounded())
    let right = Int((Double(box.x + box.width) * across).rounded())
    let bottom = Int((Double(box.y + box.height) * down).rounded())
    return Rect(x: region.x + left, y: region.y + top, width: max(1, right - left), height: max(1, bottom - top))
  }
}
