import Foundation
import Imaging
import TestSupport
import Vocabulary

/// A map of a figure, as a page has it: raw values and the part of the panel that it covers.
struct SampleMap {
  let width = 5
  let height = 4
  let values: [Float]
  let isSigned: Bool
  /// Left, top, width and height, as shares of the panel's.
  let view: [Double]

  /// The size of a panel in pixels.
  static let panel = (width: 160, height: 120)

  init(seed: Int, strength: Float, isSigned: Bool = false, view: [Double] = [0, 0, 1, 1]) {
    values = (0..<20).map { Float(($0 * 7 + seed * 3) % 20 - 4) / 10 * strength }
    (self.isSigned, self.view) = (isSigned, view)
  }

  /// The largest value, or the largest distance from zero.
  var end: Float { values.map { isSigned ? abs($0) : $0 }.max() ?? 0 }

  /// What a probe says at a place of the panel.
  func reading(at place: Place, of end: Float? = nil) -> String {
    let (x, y) = ((place.x - view[0]) / view[2], (place.y - view[1]) / view[3])
    guard (0..<1).contains(x), (0..<1).contains(y) else { return "outside" }
    let value = values[Int(y * Double(height)) * width + Int(x * Double(width))]
    return "\(Self.text(value)) of \(Self.text(end ?? self.end))"
  }

  private static func text(_ value: Float) -> String {
    String(format: "%.3g", value).replacingOccurrences(of: "-", with: "−")
  }

  /// How a map is drawn.
  struct Drawing {
    var colormap = Colormap.turbo
    var opacity: Float = 0.5
    var isFlat = false
    var isSharp = false
    /// Where the colours end, if not at the map's own end.
    var end: Float?
  }

  /// The map as it lies over its photo.
  func overlay(_ drawing: Drawing) throws -> Data {
    let (width, height) = Self.panel
    let sizes = [width, height, width, height]
    let place = zip(view, sizes).map { Int(($0 * Double($1)).rounded()) }
    let end = drawing.end ?? self.end
    let scaled = try Heatmap(
      width: self.width, height: self.height, values: values.map { (isSigned ? $0 : max($0, 0)) / end })
    let map = scaled.upsampled(width: place[2], height: place[3])
    var pixels = [UInt8](repeating: 0, count: width * height * 4)
    for y in max(place[1], 0)..<min(place[1] + place[3], height) {
      for x in max(place[0], 0)..<min(place[0] + place[2], width) {
        let (column, row) = (x - place[0], y - place[1])
        // The cell in which the middle of the pixel lies.
        let cell = [(row, self.height, place[3]), (column, self.width, place[2])].map { ($0 * 2 + 1) * $1 / ($2 * 2) }
        let value =
          drawing.isSharp ? scaled.values[cell[0] * self.width + cell[1]] : map.values[row * place[2] + column]
        let tint = Self.tint(value, drawing, isSigned: isSigned)
        pixels.replaceSubrange((y * width + x) * 4..<(y * width + x) * 4 + 4, with: tint)
      }
    }
    return TransparentPNG.file(width: width, height: height, pixels: pixels)
  }

  private static func tint(_ value: Float, _ drawing: Drawing, isSigned: Bool) -> [UInt8] {
    let share = isSigned ? (value + 1) / 2 : value
    let color = drawing.colormap.color(at: share)
    // As strong as the entry of the colour map is far from no evidence.
    let entry = min(max(share * 256, 0), 255).rounded(.down)
    let strength = isSigned ? abs(entry - 128) / (entry < 128 ? 128 : 127) : entry / 255
    let opacity = drawing.opacity * (drawing.isFlat ? 1 : strength * (2 - strength))
    return [color.red, color.green, color.blue, UInt8((opacity * 255).rounded())]
  }
}
