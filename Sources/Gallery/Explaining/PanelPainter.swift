import Imaging
import NeuralNetwork
import Saliency
import Vocabulary

/// Turns the maps of one class into pictures.
struct PanelPainter {
  /// The part of the photo that the network saw, at the photo's own resolution.
  let view: Image
  let prepared: PreparedInput
  let channels: InputSpecification.Channels
  let colormap: Colormap
  let opacity: Float

  /// A map over the photo.
  ///
  /// - Parameters:
  ///   - map: at layer resolution, not normalised; what is below zero counts as zero.
  ///   - seen: the part of the photo that the layer sees; the rest stays plain.
  func overlay(_ map: Heatmap, over seen: FieldOfView) throws -> Image {
    let normalized = map.mapValues { max($0, 0) }.normalized()
    guard !seen.isWhole else {
      return try Imaging.overlay(normalized, on: view, colormap: colormap, opacity: opacity)
    }
    return try Imaging.overlay(
      normalized.facing(seen), over: seen.region(width: view.width, height: view.height), on: view, colormap: colormap,
      opacity: opacity)
  }

  /// A gradient at the input, [1, C, H, W], as a picture with the photo's proportions.
  ///
  /// It keeps the resolution of the network's input: more pixels would only blur it.
  func gradient(_ gradient: Tensor) throws -> Image {
    let (height, width) = (gradient.shape[2], gradient.shape[3])
    let planes = displayed(gradient)
    let picture = try Image(
      gradient: planes, channels: planes.count / (width * height), width: width, height: height)
    // Only a stretched input has other proportions than what it shows.
    let shown = Double(width) * Double(view.height) / Double(view.width)
    let shownHeight = max(1, Int(shown.rounded()))
    return shownHeight == height ? picture : picture.resized(width: width, height: shownHeight)
  }

  /// Boxes on the photo: the one found, and those that people drew.
  func boxes(found: Rect?, reference: [Rect]) -> Image {
    func inView(_ box: Rect) -> Rect {
      Rect(x: box.x - prepared.region.x, y: box.y - prepared.region.y, width: box.width, height: box.height)
    }
    var picture = view
    if let found { picture = picture.drawing(box: inView(found), style: .predicted) }
    // Drawn last: its gaps leave a box in the same place visible.
    for box in reference { picture = picture.drawing(box: inView(box), style: .groundTruth) }
    return picture
  }

  /// The planes that are shown as red, green and blue, or the only one.
  ///
  /// Of channels that are no colours the first three are shown; where there are but two, blue stays at zero.
  private func displayed(_ gradient: Tensor) -> [Float] {
    let count = gradient.shape[1]
    let area = gradient.values.count / count
    if count == 1 { return gradient.values }
    return (channels.shown ?? Array(0..<3)).flatMap { plane in
      plane < count ? Array(gradient.values[plane * area..<(plane + 1) * area]) : [Float](repeating: 0, count: area)
    }
  }
}
