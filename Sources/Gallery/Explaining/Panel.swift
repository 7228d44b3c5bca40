import Imaging
import NeuralNetwork
import Saliency

/// One picture of one method for one class, and what is to be said about it.
struct Panel {
  let method: Saliency.Method
  let picture: Image
  /// How a page's file of it is written.
  var format = PictureFormat.jpeg
  /// Whether the picture is coloured by a map.
  var isHeatmap = false
  /// The box found, in the picture's pixels.
  var box: FoundBox?
  /// What there is to know where the method has nothing to show.
  var finding: Finding?
  /// The raw values, for `--arrays`: maps [h, w], tensors at the input [C, H, W].
  var array: Tensor?
}

/// Paints the panels of one class.
struct PanelSet {
  let painter: PanelPainter
  /// The share of the maximum that a box's cells exceed.
  let threshold: Float
  let referenceBoxes: [Rect]
  /// The part of the photo that the maps of methods lie over that have a layer of their own.
  let classActivationView: FieldOfView

  /// - Returns: `nil` where there is nothing but a finding.
  /// - Throws: `Diagnostic` where the method was not asked for.
  func panel(_ method: Saliency.Method, _ explanation: Explanation, at layer: Layer?) throws -> Panel? {
    guard explanation.finding(method, at: layer) == nil else { return nil }
    let found = try explanation.attribution(method, at: layer, threshold: threshold)
    var panel =
      switch found {
      case .tensor(let tensor): try gradient(method, tensor)
      case .map(let map): try heat(method, map, over: Cell(method, at: layer).layer?.view ?? classActivationView)
      case .box(let box): boxes(method, box)
      }
    if found.isBlank { panel.finding = .nothing(method: method.id, layer: Cell(method, at: layer).layer?.name) }
    return panel
  }

  private func gradient(_ method: Saliency.Method, _ values: Tensor) throws -> Panel {
    Panel(
      method: method, picture: try painter.gradient(values), format: .png,
      array: Tensor(shape: Array(values.shape.dropFirst()), values.values))
  }

  private func heat(_ method: Saliency.Method, _ map: Heatmap, over view: FieldOfView) throws -> Panel {
    // A blank map is shown as the plain photo: an even wash of blue would look like a finding.
    Panel(
      method: method, picture: map.isBlank ? painter.view : try painter.overlay(map, over: view),
      isHeatmap: !map.isBlank, array: Tensor(shape: [map.height, map.width], map.values))
  }

  private func boxes(_ method: Saliency.Method, _ box: Rect?) -> Panel {
    let found = box.map(painter.prepared.regionOfImage)
    return Panel(
      method: method, picture: painter.boxes(found: found, reference: referenceBoxes),
      box: found.map { FoundBox($0, among: referenceBoxes) })
  }
}
