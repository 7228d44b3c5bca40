/// The words, braces and dots of a Swift source, without its comments and texts. What is interpolated into a text is code.
struct SwiftTokens {
  /// Words and single signs, in order.
  private(set) var tokens: [Substring.UTF8View] = []
  private let source: Substring.UTF8View
  private var position: Substring.UTF8View.Index

  init(_ text: String) {
    source = text[...].utf8
    position = source.startIndex
    readCode(until: nil)
  }

  /// The tokens as text.
  var words: [String] { tokens.map { String(Substring($0)) } }

  private var current: UInt8? { position < source.endIndex ? source[position] : nil }

  private func follows(_ text: StaticString) -> Bool {
    source[position...].starts(with: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func skip(_ count: Int) {
    position = source.index(position, offsetBy: count, limitedBy: source.endIndex) ?? source.endIndex
  }

  /// Reads up to the sign that closes the parenthesis in front, or to the end.
  private mutating func readCode(until end: UInt8?) {
    var depth = 0
    while let byte = current {
      if follows("//") {
        while let byte = current, byte != UInt8(ascii: "\n") { skip(1) }
      } else if follows("/*") {
        while current != nil, !follows("*/") { skip(1) }
        skip(2)
      } else if byte == UInt8(ascii: "\"") {
        readText()
      } else if Self.isPartOfWord(byte) {
        let start = position
        while let byte = current, Self.isPartOfWord(byte) { skip(1) }
        tokens.append(source[start..<position])
      } else {
        if byte == end, depth == 0 { return }
        if byte == UInt8(ascii: "(") { depth += 1 }
        if byte == UInt8(ascii: ")") { depth -= 1 }
        if byte > UInt8(ascii: " ") { tokens.append(source[position..<source.index(after: position)]) }
        skip(1)
      }
    }
  }

  private mutating func readText() {
    let isLong = follows("\"\"\"")
    skip(isLong ? 3 : 1)
    while let byte = current {
      if isLong ? follows("\"\"\"") : byte == UInt8(ascii: "\"") { return skip(isLong ? 3 : 1) }
      if follows("\\(") {
        skip(2)
        readCode(until: UInt8(ascii: ")"))
        skip(1)
      } else {
        skip(byte == UInt8(ascii: "\\") ? 2 : 1)
      }
    }
  }

  private static func isPartOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
