import Diagnostics
import Imaging
import Network
import Saliency

/// One picture of one method for one class, and what is to be said about it.
struct Panel {
  let method: Saliency.Method
  let picture: Image
  /// How a page's file of it is written.
  var format = PictureFormat.jpeg
  /// Whether the picture is coloured by a map.
  var isHeatmap = false
  /// A short remark beside the picture, such as the box found.
  var remark: String?
  /// A full sentence where the method has nothing to show.
  var warning: String?
  /// The raw values, for `--arrays`: maps [h, w], gradients [C, H, W].
  var array: Tensor?
  /// The box found, in the picture's pixels.
  var box: Rect?
}

/// Paints the panels of one class at one layer, in the order of the methods.
struct PanelSet {
  let painter: PanelPainter
  /// The share of the maximum that a box's cells exceed.
  let threshold: Float
  let referenceBoxes: [Rect]
  /// The part of the photo that the maps of CAM lie over.
  let classActivationView: FieldOfView

  func panels(
    _ explanation: Explanation, at map: LayerMap?, methods: [Saliency.Method]
  ) throws -> [Panel] {
    try methods.compactMap { try panel($0, explanation, map) }
  }

  /// - Returns: `nil` where the method was not asked for, or there is nothing but a finding.
  func panel(_ method: Saliency.Method, _ explanation: Explanation, _ map: LayerMap?) throws -> Panel? {
    guard explanation.finding(method, at: map) == nil else { return nil }
    switch method {
    case .gradient: return try explanation.gradient.map { try gradient(method, $0, "The gradient is zero everywhere.") }
    case .guidedBackpropagation:
      return try explanation.guidedGradient.map { try gradient(method, $0, "No positive gradient reaches the input.") }
    case .guidedGradCAM:
      return try map.flatMap { explanation.guidedGradCAM(at: $0) }.map {
        try gradient(method, $0, "The product is zero everywhere.")
      }
    case .gradCAM:
      return try map.map {
        try heat(method, $0.gradCAM, $0.layer.view, "Layer \($0.layer.name) holds no evidence for this class.")
      }
    case .counterfactual:
      return try map.map {
        try heat(
          method, $0.counterfactual, $0.layer.view, "Layer \($0.layer.name) holds no evidence against this class.")
      }
    case .classActivationMap:
      return try explanation.classActivationMap.map {
        try heat(method, $0, classActivationView, "The map is nowhere above zero.")
      }
    case .localization: return map.map(localization)
    }
  }

  private func gradient(_ method: Saliency.Method, _ values: Tensor, _ blank: String) throws -> Panel {
    let isBlank = values.values.allSatisfy { $0 == 0 }
    return Panel(
      method: method, picture: try painter.gradient(values), format: .png, warning: isBlank ? blank : nil,
      array: Tensor(shape: Array(values.shape.dropFirst()), values.values))
  }

  private func heat(
    _ method: Saliency.Method, _ map: Heatmap, _ view: FieldOfView, _ blank: String
  ) throws -> Panel {
    // A blank map is shown as the plain photo: an even wash of blue would look like a finding.
    Panel(
      method: method, picture: map.isBlank ? painter.view : try painter.overlay(map, over: view),
      isHeatmap: !map.isBlank,
      warning: map.isBlank ? blank : nil, array: Tensor(shape: [map.height, map.width], map.values))
  }

  private func localization(_ map: LayerMap) -> Panel {
    let shape = painter.prepared.tensor.shape
    let heat = map.gradCAM.normalized().laid(over: map.layer.view, width: shape[3], height: shape[2])
    let box = Localization.box(in: heat, threshold: threshold).map(painter.prepared.regionOfImage)
    let picture = painter.boxes(found: box, reference: referenceBoxes)
    guard let box else {
      return Panel(
        method: .localization, picture: picture,
        warning: "Layer \(map.layer.name) holds no evidence for this class, so there is no box.")
    }
    let overlap = referenceBoxes.map { Localization.intersectionOverUnion(box, $0) }.max()
    let place = "Box \(box.x), \(box.y), \(box.width) × \(box.height) px"
    return Panel(
      method: .localization, picture: picture,
      remark: place + (overlap.map { "; IoU with the dashed true box \(hundredths($0))" } ?? ""), box: box)
  }

  private func hundredths(_ value: Float) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}
