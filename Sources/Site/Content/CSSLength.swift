import Diagnostics

/// Lengths as CSS writes them.
enum CSSLength {
  private static let units = ["rem", "em", "ch", "px"]

  /// A length that can be set in a style sheet: `42rem`.
  ///
  /// - Throws: where it is none, or nothing that could be read in.
  static func checked(_ text: Located<String>) throws(Diagnostic) -> String {
    guard let unit = units.first(where: text.value.hasSuffix), let number = number(text.value.dropLast(unit.count)),
      number > 0, number < 10_000
    else {
      throw .error(
        "“\(text.value)” is not a width.", at: text.location,
        hint: "Write a number with rem, em, ch or px: `42rem`.")
    }
    return text.value
  }

  /// A number in digits, with or without a point, as CSS reads it; `nil` for anything else.
  static func number(_ text: Substring) -> Double? {
    let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text
    let parts = unsigned.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.last?.isEmpty == false,
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
    else { return nil }
    return Double("0\(unsigned)").map { text.hasPrefix("-") ? -$0 : $0 }
  }
}
