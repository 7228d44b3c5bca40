import Foundation
import Site

/// Curves over a horizontal axis from 0 to 1, as an SVG file.
struct LinePlot {
  struct Curve {
    let name: String
    /// A CSS colour.
    let color: String
    /// At equal distances from the left to the right; a gap where there is none.
    let values: [Double?]
  }

  let title: String
  /// What stands below the axes, at the left, in the middle and at the right.
  let horizontal: (start: String, name: String, end: String)
  let vertical: String
  let curves: [Curve]
  /// What the vertical axis reaches over, unless values lie beyond.
  var range = 0.0...1.0
  /// How numbers are written.
  let numbers: NumberText

  private static let (width, height) = (480.0, 300.0)
  private static let (left, right, top, bottom) = (56.0, 464.0, 40.0, 244.0)

  /// The file.
  var svg: String {
    let (lower, upper) = limits
    func y(_ value: Double) -> Double { Self.bottom - (value - lower) / (upper - lower) * (Self.bottom - Self.top) }
    let ticks = (0...4).map { lower + (upper - lower) * Double($0) / 4 }
    var parts = [
      #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 300" role="img" font-family="sans-serif" font-size="12">"#,
      "<title>\(title.escaped)</title>",
      #"<rect width="480" height="300" fill="white"/>"#,
      #"<text x="240" y="20" text-anchor="middle" font-size="14">\#(title.escaped)</text>"#,
    ]
    for tick in ticks {
      parts.append(
        #"<path d="M56 \#(y(tick).short)H464" stroke="silver"/><text x="50" y="\#((y(tick) + 4).short)" "#
          + #"text-anchor="end">\#(numbers.written(String(format: "%.3g", tick)))</text>"#)
    }
    parts += [
      #"<text transform="translate(14 142) rotate(-90)" text-anchor="middle">\#(vertical.escaped)</text>"#,
      #"<text x="56" y="262">\#(horizontal.start.escaped)</text>"#,
      #"<text x="260" y="262" text-anchor="middle">\#(horizontal.name.escaped)</text>"#,
      #"<text x="464" y="262" text-anchor="end">\#(horizontal.end.escaped)</text>"#,
    ]
    for (number, curve) in curves.enumerated() {
      let x = 40 + Double(number) * 148
      parts.append(
        #"<path d="\#(path(curve.values, y))" fill="none" stroke="\#(curve.color)" stroke-width="2"/>"#
          + #"<path d="M\#(x.short) 284h20" stroke="\#(curve.color)" stroke-width="2"/>"#
          + #"<text x="\#((x + 26).short)" y="288">\#(curve.name.escaped)</text>"#)
    }
    return (parts + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  /// The ends of the vertical axis.
  private var limits: (Double, Double) {
    let values = curves.flatMap(\.values).compactMap { $0 }
    let (lower, upper) = (min(range.lowerBound, values.min() ?? 0), max(range.upperBound, values.max() ?? 0))
    guard lower >= 0 else { return (lower, upper) }
    return (lower, upper > 0 ? Self.rounded(upper) : 1)
  }

  /// The next number up with quarters that are easily read.
  private static func rounded(_ value: Double) -> Double {
    let unit = pow(10, floor(log10(value)))
    return ([1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8].first { $0 * unit >= value } ?? 10) * unit
  }

  private func path(_ values: [Double?], _ y: (Double) -> Double) -> String {
    var isDrawing = false
    return values.enumerated().compactMap { index, value -> String? in
      guard let value else {
        isDrawing = false
        return nil
      }
      let x = Self.left + (Self.right - Self.left) * Double(index) / Double(max(values.count - 1, 1))
      defer { isDrawing = true }
      // A point that stands alone is a dot.
      return "\(isDrawing ? "L" : "M")\(x.short) \(y(value).short)" + (isDrawing ? "" : "h.01")
    }.joined()
  }
}

extension Double {
  /// With one digit behind the point: a tenth of a pixel is seen by nobody.
  fileprivate var short: String { String(format: "%.1f", self) }
}

extension String {
  /// As text of an XML file.
  fileprivate var escaped: String {
    replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
      .replacingOccurrences(of: ">", with: "&gt;")
  }
}
