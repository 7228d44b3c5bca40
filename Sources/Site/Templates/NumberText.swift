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
    share > 0 && share < 0.0005 ? "<\u{2009}0.1\u{2009}%" : percent(share) + "\u{2009}%"
  }

  /// A share, 0…1, in percent without the sign: one digit after the point.
  static func percent(_ share: Double) -> String { String(format: "%.1f", share * 100) }

  /// Three digits that count, with a true minus sign: `0.0421`, `3.12`, `1.2 × 10⁻⁵`.
  static func short(_ number: Double) -> String {
    guard number != 0 else { return "0" }
    let parts = String(format: "%.3g", abs(number)).split(separator: "e")
    let sign = number < 0 ? "\u{2212}" : ""
    guard parts.count == 2, let exponent = Int(parts[1]) else { return sign + parts[0] }
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let raised = String(abs(exponent)).compactMap { $0.wholeNumberValue.map { digits[$0] } }
    return "\(sign)\(parts[0])\u{2009}×\u{2009}10\(exponent < 0 ? "⁻" : "")\(String(raised))"
  }

  /// A share, 0…1, for programs: four digits after the point.
  static func plain(_ share: Double) -> String { String(format: "%.4f", share) }

  /// The sides of a picture or a tensor: `224 × 224`.
  static func sides(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: "\u{2009}×\u{2009}") }

  /// Numbers as a model card has them: `0.5, 1`.
  static func list(_ numbers: [Double]) -> String {
    numbers.map { $0 == $0.rounded() && abs($0) < 1e9 ? String(Int($0)) : String($0) }.joined(separator: ", ")
  }
}
