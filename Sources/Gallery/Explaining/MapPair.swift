import Files
import Foundation
import Imaging
import NeuralNetwork
import Saliency
import Site

/// Two maps of one picture, by two networks, which lie over the same places of it in as many cells: they can be subtracted.
struct MapPair: Sendable {
  let first, second: PlacedMap
  /// The values that the strongest colours of both stand for.
  let limits: [Double]
  /// The photo below both.
  let photo: FigureRecord.Picture
  /// Which of the figure's methods made both.
  let method: Int
  let request: ExplainRequest

  /// - Returns: `nil` where the maps do not lie over one picture in one way.
  init?(_ a: FigureGrid.Cell, _ b: FigureGrid.Cell) {
    guard a.photo.key == b.photo.key, let first = a.panel?.map, let second = b.panel?.map,
      (first.width, first.height, first.view) == (second.width, second.height, second.view),
      let low = a.panel?.range?.upperBound, let high = b.panel?.range?.upperBound, let method = a.panel?.method
    else { return nil }
    (self.first, self.second, limits) = (first, second, [low, high])
    photo = a.photo
    self.method = method
    request = a.part.plan.request
  }

  /// Under which the store keeps what came of it.
  var key: StoreKey {
    let maps = [first, second].map { map in
      StoreKey(contents: map.values.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }).hex
    }
    return StoreKey(
      "difference",
      [
        PanelPainter.fingerprint, photo.key.hex, "\(first.width) \(first.height) \(first.view) \(limits)",
        String(request.opacity), request.blend.rawValue, request.arrays.rawValue, String(method),
      ] + maps)
  }

  /// What the second map has more than the first, each divided by the value of its strongest colour.
  var difference: [Float] {
    zip(first.values, second.values).map { a, b in b / Float(limits[1]) - a / Float(limits[0]) }
  }

  /// Paints the difference over the photo; what it becomes is in the store then.
  ///
  /// - Returns: `nil` where the store does not have the photo any more.
  func panel(_ store: Store) throws -> FigureRecord.Panel? {
    guard let bytes = store.read(.pictures, photo.key) else { return nil }
    let view = try Image(decoding: bytes, name: "photo")
    let values = difference
    let limit = values.reduce(0) { max($0, abs($1)) }
    // Where both are the same there is nothing to colour.
    let shares = values.map { limit > 0 ? 0.5 + $0 / limit / 2 : 0.5 }
    let overlay = try IndexedImage(
      Heatmap(width: first.width, height: first.height, values: shares), over: region(view), width: view.width,
      height: view.height,
      colors: MapColors(.coolwarm, opacity: Float(request.opacity), blend: request.blend, isSigned: true))
    let picture = try store.write(picture: overlay.laid(over: view).jpegData())
    return FigureRecord.Panel(
      method: method,
      picture: FigureRecord.Picture(key: picture, format: .jpeg, width: view.width, height: view.height),
      overlay: FigureRecord.Picture(
        key: try store.write(picture: overlay.pngData()), format: .png, width: view.width, height: view.height),
      array: request.arrays == .none
        ? nil : try store.write(picture: Tensor(shape: [first.height, first.width], values).npyData),
      map: PlacedMap(width: first.width, height: first.height, view: first.view, values: values),
      range: Double(-limit)...Double(limit), box: nil, finding: nil)
  }

  /// The part of the photo that the maps lie over; `nil` for all of it.
  private func region(_ view: Image) -> Rect? {
    guard first.view != [0, 0, 1, 1] else { return nil }
    func pixels(_ share: Double, _ side: Int) -> Int { Int((share * Double(side)).rounded()) }
    return Rect(
      x: pixels(first.view[0], view.width), y: pixels(first.view[1], view.height),
      width: pixels(first.view[2], view.width), height: pixels(first.view[3], view.height))
  }
}
