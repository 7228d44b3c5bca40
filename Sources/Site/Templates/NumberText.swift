import Foundation

/// Numbers as readers see them.
enum NumberText {
  /// Two digits after the point, with a true minus sign.
  static func signed(_ number: Double) -> String {
    let digits = String(format: "%.2f", abs(number))
    return number < 0 && digits != "0.00" ? "\u{2212}" + digits : digits
  }

  /// A share, 0…1, as a percentage: one digit after the point, `< 0.1 %` for less.
  static func percentage(_ share: Double) -> String {
    share > 0 && share < 0.0005 ? "<\u{2009}0.1\u{2009}%" : String(format: "%.1f", share * 100) + "\u{2009}%"
  }

  /// The sides of a picture or a tensor: `224 × 224`.
  static func sides(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: "\u{2009}×\u{2009}") }

  /// Numbers as a model card has them: `0.5, 1`.
  static func list(_ numbers: [Double]) -> String {
    numbers.map { $0 == $0.rounded() && abs($0) < 1e9 ? String(Int($0)) : String($0) }.joined(separator: ", ")
  }
}
