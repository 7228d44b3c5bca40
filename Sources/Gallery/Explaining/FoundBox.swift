import Imaging
import Saliency
import Site

/// A box that a method found, and how well it fits those that people drew.
struct FoundBox: Codable, Hashable, Sendable {
  let x, y, width, height: Int
  /// Intersection over union with the box that fits best, 0…1; `nil` where nobody drew one.
  let overlap: Float?

  init(_ box: Rect, among reference: [Rect]) {
    (x, y, width, height) = (box.x, box.y, box.width, box.height)
    overlap = reference.map { Localization.intersectionOverUnion(box, $0) }.max()
  }

  /// What stands under the picture.
  func text(in strings: Strings) -> String {
    let box = strings(
      .box, ["x": String(x), "y": String(y), "width": String(width), "height": String(height)])
    guard let overlap else { return box }
    return strings(.boxOverlap, ["box": box, "overlap": strings.numbers.written(Self.hundredths(overlap))])
  }

  private static func hundredths(_ value: Float) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}
