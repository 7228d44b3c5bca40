import Imaging
import NeuralNetwork
import Saliency

/// One picture of one method for one class, and what is to be said about it.
struct Panel {
  let method: Saliency.Method
  /// All that it shows in one picture.
  let picture: Image
  /// How a page's file of it is written.
  var format = PictureFormat.jpeg
  /// The map in colours alone, to be laid over the photo.
  var overlay: IndexedImage?
  /// The same for the narrowest copy of the photo; `nil` where the photo has none.
  var smallOverlay: IndexedImage?
  /// The map, and where it lies.
  var map: PlacedMap?
  /// The values that the ends of the colours stand for.
  var range: ClosedRange<Double>?
  /// Boxes on the photo, in the picture's pixels.
  var boxes: [DrawnBox] = []
  /// The box found, in the photo's pixels.
  var box: FoundBox?
  /// What there is to know where the method has nothing to show.
  var finding: Finding?
  /// The raw values, for `--arrays`: maps [h, w], tensors at the input [C, H, W].
  var array: Tensor?
}

/// A map as it lies over a picture.
struct PlacedMap: Codable, Hashable, Sendable {
  let width, height: Int
  /// Left, top, width and height, as shares of the picture's sides; may reach beyond 0…1.
  let view: [Double]
  /// At layer resolution, row by row from the top left, turned as the picture is.
  let values: [Float]
}

/// A box on a picture, in its pixels.
struct DrawnBox: Codable, Hashable, Sendable {
  let x, y, width, height: Int
  /// Whether a person drew it, and not a method.
  let isReference: Bool

  init(_ box: Rect, isReference: Bool) {
    (x, y, width, height) = (box.x, box.y, box.width, box.height)
    self.isReference = isReference
  }
}

/// Paints the panels of one target.
struct PanelSet {
  let painter: PanelPainter
  /// The share of the maximum that a box's cells exceed.
  let threshold: Float
  let referenceBoxes: [Rect]
  /// The part of the photo that CAM's maps lie over, whose layer is the network's own.
  let classActivationView: FieldOfView
  /// The value that the strongest colour stands for, by method; a method that is not named has a scale for each map.
  var limits: [Saliency.Method: Float] = [:]

  /// - Returns: `nil` where there is nothing but a finding.
  /// - Throws: `Diagnostic` where the method was not asked for.
  func panel(_ method: Saliency.Method, _ explanation: Attributions, at layer: Layer?) throws -> Panel? {
    guard explanation.finding(method, at: layer) == nil else { return nil }
    let found = try explanation.attribution(method, at: layer, threshold: threshold)
    var panel =
      switch found {
      case .tensor(let tensor): try gradient(method, tensor)
      case .map(let map): try heat(method, map, over: view(of: method, at: layer))
      case .box(let box): boxes(method, box)
      }
    if found.isBlank(for: method) {
      panel.finding = explanation.nothing(method, at: layer)
    }
    return panel
  }

  /// The part of the photo that a method's maps lie over.
  func view(of method: Saliency.Method, at layer: Layer?) -> FieldOfView {
    method.view(at: layer, classActivation: classActivationView)
  }

  private func gradient(_ method: Saliency.Method, _ values: Tensor) throws -> Panel {
    Panel(
      method: method, picture: try painter.gradient(values), format: .png, range: painter.range(ofGradient: values),
      array: Tensor(shape: Array(values.shape.dropFirst()), values.values))
  }

  private func heat(_ method: Saliency.Method, _ map: Heatmap, over view: FieldOfView) throws -> Panel {
    let array = Tensor(shape: [map.height, map.width], map.values)
    let isSigned = method.name.picture == .signedMap
    let limit = limits[method] ?? map.strength(isSigned: isSigned)
    // A blank map is shown as the plain photo: an even wash of blue would look like a finding.
    guard !Attribution.map(map).isBlank(for: method), limit > 0 else {
      return Panel(method: method, picture: painter.view, array: array)
    }
    let overlay = try painter.overlay(map, over: view, limit: limit, isSigned: isSigned)
    let small = try PictureSizes.below(width: overlay.width, height: overlay.height).first.map { size in
      try painter.overlay(map, over: view, limit: limit, isSigned: isSigned, size: size)
    }
    return Panel(
      method: method, picture: try painter.composite(map, over: view, limit: limit, isSigned: isSigned, overlay),
      overlay: overlay, smallOverlay: small, map: painter.placed(map, over: view),
      range: (isSigned ? -Double(limit) : 0)...Double(limit), array: array)
  }

  private func boxes(_ method: Saliency.Method, _ box: Rect?) -> Panel {
    let found = box.map(painter.prepared.regionOfImage)
    return Panel(
      method: method, picture: painter.boxes(found: found, reference: referenceBoxes),
      boxes: painter.drawn(found: found, reference: referenceBoxes),
      box: found.map { FoundBox($0, among: referenceBoxes) })
  }
}

extension Saliency.Method {
  /// The part of the photo that its maps lie over.
  ///
  /// - Parameter classActivation: that of CAM's maps, whose layer is the network's own.
  func view(at layer: Layer?, classActivation: FieldOfView) -> FieldOfView {
    if needs.contains(.classActivationHead) { return classActivation }
    // pytorch-grad-cam lays every map over the whole picture.
    return profile == .pytorchGradCAM ? .whole : Cell(self, at: layer).layer?.view ?? .whole
  }
}

extension Attribution {
  /// Whether a method that yields this has nothing to show: what speaks against the target counts where it is shown.
  fileprivate func isBlank(for method: Saliency.Method) -> Bool {
    method.name.picture == .signedMap ? values.allSatisfy { $0 == 0 } : isBlank
  }
}

extension Heatmap {
  /// The value that the strongest colour stands for: the highest, or the one farthest from zero where the map is signed.
  func strength(isSigned: Bool) -> Float { values.reduce(0) { max($0, isSigned ? abs($1) : $1) } }
}
