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
  let blend: Blend

  // MARK: - Maps

  /// A map in colours, to be laid over the photo.
  ///
  /// - Parameters:
  ///   - map: at layer resolution, not normalised; unless it is signed, what is below zero counts as zero.
  ///   - seen: the part of the photo that the layer sees; the rest stays plain.
  ///   - limit: the value that the strongest colour stands for, above 0.
  ///   - size: its columns and rows; those of the photo by default.
  func overlay(
    _ map: Heatmap, over seen: FieldOfView, limit: Float, isSigned: Bool, size: (width: Int, height: Int)? = nil
  ) throws -> IndexedImage {
    let (width, height) = size ?? (view.width, view.height)
    return try IndexedImage(
      normalized(map, limit, isSigned).facing(seen),
      over: seen.isWhole ? nil : seen.region(width: width, height: height), width: width, height: height,
      colors: MapColors(colors(isSigned), opacity: opacity, blend: blend, isSigned: isSigned))
  }

  /// The photo seen through a map.
  ///
  /// - Parameter overlay: what `overlay` made of it.
  func composite(
    _ map: Heatmap, over seen: FieldOfView, limit: Float, isSigned: Bool, _ overlay: IndexedImage
  ) throws -> Image {
    guard blend == .flat else { return try overlay.laid(over: view) }
    // Exact, where files with a palette have 256 degrees of opacity.
    let normalized = normalized(map, limit, isSigned)
    guard !seen.isWhole else {
      return try Imaging.overlay(normalized, on: view, colormap: colors(isSigned), opacity: opacity)
    }
    return try Imaging.overlay(
      normalized.facing(seen), over: seen.region(width: view.width, height: view.height), on: view,
      colormap: colors(isSigned), opacity: opacity)
  }

  /// A map as a browser may draw it.
  func placed(_ map: Heatmap, over seen: FieldOfView) -> PlacedMap {
    let region =
      seen.isWhole
      ? Rect(x: 0, y: 0, width: view.width, height: view.height) : seen.region(width: view.width, height: view.height)
    let (width, height) = (Double(view.width), Double(view.height))
    return PlacedMap(
      width: map.width, height: map.height,
      view: [
        Double(region.x) / width, Double(region.y) / height, Double(region.width) / width,
        Double(region.height) / height,
      ],
      values: map.facing(seen).values)
  }

  /// The map in 0…1: from zero up, or with zero in the middle.
  private func normalized(_ map: Heatmap, _ limit: Float, _ isSigned: Bool) -> Heatmap {
    isSigned ? map.mapValues { 0.5 + $0 / limit / 2 } : map.mapValues { max($0, 0) / limit }
  }

  private func colors(_ isSigned: Bool) -> Colormap { isSigned ? .coolwarm : colormap }

  // MARK: - Gradients

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

  /// The values that black and white stand for in the picture of a gradient.
  func range(ofGradient gradient: Tensor) -> ClosedRange<Double> { Image.range(ofGradient: displayed(gradient)) }

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

  // MARK: - Boxes

  /// Boxes on the photo: the one found, and those that people drew.
  func boxes(found: Rect?, reference: [Rect]) -> Image {
    drawn(found: found, reference: reference).reduce(view) { picture, box in
      picture.drawing(
        box: Rect(x: box.x, y: box.y, width: box.width, height: box.height),
        style: box.isReference ? .groundTruth : .predicted)
    }
  }

  /// The same boxes in the pixels of the view. Those that people drew come last: their gaps leave a box in the same place
  /// visible.
  func drawn(found: Rect?, reference: [Rect]) -> [DrawnBox] {
    func inView(_ box: Rect) -> Rect {
      Rect(x: box.x - prepared.region.x, y: box.y - prepared.region.y, width: box.width, height: box.height)
    }
    return (found.map { [DrawnBox(inView($0), isReference: false)] } ?? [])
      + reference.map { DrawnBox(inView($0), isReference: true) }
  }
}
