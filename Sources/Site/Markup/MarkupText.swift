/// Text on its way into HTML and XML.
///
/// Neither can carry most control characters in any spelling. Text that people write is refused where it has them; what comes
/// from elsewhere (labels, tensors' names, character references in Markdown) has them replaced by U+FFFD.
enum MarkupText {
  /// Whether a character may not stand in HTML or XML: control characters but for tab and line breaks, and what is no
  /// character at all.
  static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: false
    case 0..<0x20, 0x7F...0x9F, 0xFDD0...0xFDEF: true
    default: scalar.value & 0xFFFE == 0xFFFE
    }
  }

  /// Whether it is a control character, tabs and line breaks included.
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }

  /// `U+001B`.
  static func name(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// `text` with everything replaced that may not stand in markup.
  static func cleaned(_ text: String) -> String {
    guard mayHoldForbidden(text) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map(allowed)))
  }

  private static func allowed(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    // HTML takes a page break for a blank, XML does not take it.
    if scalar == "\u{C}" { return " " }
    return isForbidden(scalar) ? "\u{FFFD}" : scalar
  }

  /// `text` as the content of an element or of an attribute in quotes.
  static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    appendEscaped(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Adds `text`, escaped, to UTF-8 bytes.
  static func appendEscaped(_ text: String, to bytes: inout [UInt8]) {
    for byte in cleaned(text).utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes += "&amp;".utf8
      case UInt8(ascii: "<"): bytes += "&lt;".utf8
      case UInt8(ascii: ">"): bytes += "&gt;".utf8
      case UInt8(ascii: "\""): bytes += "&quot;".utf8
      case UInt8(ascii: "'"): bytes += "&#39;".utf8
      default: bytes.append(byte)
      }
    }
  }

  /// Whether `text` has a byte with which a forbidden character could begin.
  private static func mayHoldForbidden(_ text: String) -> Bool {
    var previous: UInt8 = 0
    return text.utf8.contains { byte in
      defer { previous = byte }
      return switch byte {
      case 0x09, 0x0A, 0x0D: false
      case 0..<0x20, 0x7F: true
      // The second byte of the C1 controls.
      case 0x80...0x9F: previous == 0xC2
      // What is no character begins so, and so do some that are.
      case 0xEF...0xFF: true
      default: false
      }
    }
  }
}
