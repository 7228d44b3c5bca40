import Foundation

/// Numbers of a comparison as people read them.
enum DriftNumber {
  /// As few digits as it takes: `0.01`.
  static func plain(_ number: Double) -> String { String(format: "%g", number) }

  /// Three digits behind the point; 1 only where it is nothing else.
  static func share(_ number: Double?) -> String {
    guard let number else { return "–" }
    let text = String(format: "%.3f", number)
    return text == "1.000" && number < 1 ? "0.999" : text.withTrueMinus
  }

  /// With its sign, three digits that count.
  static func signed(_ number: Double?) -> String {
    guard let number else { return "–" }
    return number == 0 ? "0" : String(format: "%+.3g", number).withTrueMinus
  }

  /// A logit or another value.
  static func value(_ number: Float?) -> String { number.map { String(format: "%.3f", $0).withTrueMinus } ?? "–" }
}

extension String {
  /// A number with the sign that people write before it.
  fileprivate var withTrueMinus: String { hasPrefix("-") ? "\u{2212}" + dropFirst() : self }
}
