import Foundation
import Imaging
import NeuralNetwork
import Testing
import Vocabulary

/// A map of a figure, with what the page's files say of it.
struct PageMap {
  /// The id of its panel.
  let panel: String
  let method: String
  let width, height: Int
  /// Raw values, row by row: [height, width].
  let values: [Float]
  /// The map in colours, from the output folder; `nil` where it is blank.
  let overlay: String?
  /// All that the panel shows in one picture, from the output folder.
  let picture: String
  /// Left, top, width and height on the panel, as shares of the panel's.
  let view: [Double]

  /// - Parameters:
  ///   - array: the path of the raw values.
  ///   - isOfWindow: whether it is the network's that looks at a part of the photo.
  init(panel: String, _ cell: FigureSite.Cell, array: String, isOfWindow: Bool) throws {
    self.panel = panel
    method = cell.method
    let array = try Tensor(contentsOfNPYFile: array)
    (width, height, values) = (array.shape[1], array.shape[0], array.values)
    overlay = cell.overlay
    picture = try #require(cell.picture)
    view = isOfWindow ? WindowNetwork.view : [0, 0, 1, 1]
  }

  var isSigned: Bool { method == "signed" }

  /// The largest value, or the largest distance from zero; 0 where there is none above.
  var end: Float { max(0, values.map { isSigned ? abs($0) : $0 }.max() ?? 0) }

  /// What a probe says at a place of the panel.
  ///
  /// - Parameter end: where the scale ends, if not at the map's own end.
  func reading(at place: Place, of end: Float? = nil) -> String {
    let (x, y) = ((place.x - view[0]) / view[2], (place.y - view[1]) / view[3])
    guard (0..<1).contains(x), (0..<1).contains(y) else { return "outside" }
    let value = values[Int(y * Double(height)) * width + Int(x * Double(width))]
    return "\(Self.text(value)) of \(Self.text(end ?? self.end))"
  }

  /// Three digits that count, as JavaScript has them.
  static func text(_ value: Float) -> String {
    guard value != 0 else { return "0" }
    let digits = String(format: "%.3g", value)
    let plain = abs(value) < 1e-6 ? digits.replacing("e-0", with: "e-") : Decimal(string: digits)?.description ?? digits
    return plain.replacing("-", with: "−")
  }

  /// The map with sharp cells, as a file that lies over the photo.
  func sharpOverlay(_ colors: MapColors) throws -> [UInt8] {
    let (across, down) = FigureSite.photo
    let values = (0..<down).flatMap { y in
      (0..<across).map { x in
        let value = self.values[(y * 2 + 1) * height / (down * 2) * width + (x * 2 + 1) * width / (across * 2)]
        return max(value, 0) / end
      }
    }
    return try IndexedImage(
      Heatmap(width: across, height: down, values: values), width: across, height: down, colors: colors
    ).pngData()
  }
}
