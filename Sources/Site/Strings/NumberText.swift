import Foundation

extension Strings {
  /// Numbers as readers of this language see them.
  public var numbers: NumberText { NumberText(strings: self) }
}

/// Numbers as readers see them.
///
/// Digits are rounded as C does, in every language alike, and then written as the language writes them.
public struct NumberText: Sendable {
  fileprivate let strings: Strings

  /// So many digits after the point, with a true minus sign.
  public func signed(_ number: Double, places: Int = 2) -> String {
    let digits = String(format: "%.\(places)f", abs(number))
    return number < 0 && digits.contains { ("1"..."9").contains($0) } ? "\u{2212}" + written(digits) : written(digits)
  }

  /// A share, 0…1, as a percentage: one digit after the point, `< 0.1 %` for less.
  public func percentage(_ share: Double) -> String {
    share > 0 && share < 0.0005
      ? strings(.percentageBelow, ["number": written("0.1")]) : strings(.percentage, ["number": percent(share)])
  }

  /// A share, 0…1, in percent without the sign: one digit after the point.
  public func percent(_ share: Double) -> String { written(String(format: "%.1f", share * 100)) }

  /// Three digits that count, with a true minus sign: `0.0421`, `3.12`, `1.2 × 10⁻⁵`.
  public func short(_ number: Double) -> String {
    guard number != 0 else { return written("0") }
    let parts = String(format: "%.3g", abs(number)).split(separator: "e").map(String.init)
    let sign = number < 0 ? "\u{2212}" : ""
    guard parts.count == 2, let exponent = Int(parts[1]) else { return sign + written(parts[0]) }
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let raised = String(abs(exponent)).compactMap { $0.wholeNumberValue.map { digits[$0] } }
    return "\(sign)\(written(parts[0]))\u{2009}×\u{2009}10\(exponent < 0 ? "⁻" : "")\(String(raised))"
  }

  /// A count, its digits in groups: `1,234,567`.
  public func count(_ number: Int) -> String { number.formatted(.number.locale(strings.locale)) }

  /// Digits and a point, as the language writes them.
  public func written(_ digits: String) -> String {
    guard !digits.contains("e"), let number = Decimal(string: digits, locale: Self.plain) else { return digits }
    let places = digits.split(separator: ".").dropFirst().first?.count ?? 0
    return number.formatted(.number.precision(.fractionLength(places)).grouping(.never).locale(strings.locale))
  }

  private static let plain = Locale(identifier: "en_US_POSIX")

  /// A share, 0…1, for programs: four digits after the point.
  static func plain(_ share: Double) -> String { String(format: "%.4f", share) }

  /// The sides of a picture or a tensor: `224 × 224`.
  static func sides(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: "\u{2009}×\u{2009}") }

  /// Numbers as a model card has them: `0.5, 1`.
  static func list(_ numbers: [Double]) -> String {
    numbers.map { $0 == $0.rounded() && abs($0) < 1e9 ? String(Int($0)) : String($0) }.joined(separator: ", ")
  }
}
