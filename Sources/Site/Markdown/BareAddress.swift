/// Addresses that stand in a text without any marks: `www.example.org`, `https://example.org/a`, `a@example.org`.
///
/// The rules are those of GitHub Flavored Markdown (section 6.9 of its specification), as cmark-gfm 0.29.0.gfm.6 applies them.
enum BareAddress {
  /// The end of the address of a page that begins at `start`, and what stands before it in the link.
  static func page(in text: [UInt8], at start: Int) -> (end: Int, prefix: String)? {
    if begins(text, at: start, with: "www.") {
      guard start == 0 || text[start - 1].isMarkdownSpace || "*_~(".utf8.contains(text[start - 1]),
        let domain = endOfDomain(in: text, from: start, needsPoint: true)
      else { return nil }
      return end(of: text, from: start, behind: domain).map { ($0, "http://") }
    }
    for scheme in ["http://", "https://", "ftp://"] where begins(text, at: start, with: scheme) {
      let host = start + scheme.utf8.count
      guard start == 0 || !text[start - 1].isASCIILetter, host < text.count, isHost(text, at: host),
        let domain = endOfDomain(in: text, from: host, needsPoint: false)
      else { return nil }
      return end(of: text, from: start, behind: domain).map { ($0, "") }
    }
    return nil
  }

  /// The first address of a mailbox in `text`.
  static func mailbox(in text: [UInt8], from: Int) -> Range<Int>? {
    var at = from
    while let next = text[at...].firstIndex(of: UInt8(ascii: "@")) {
      at = next + 1
      var start = next
      while start > from, isName(text[start - 1]) { start -= 1 }
      guard start < next else { continue }
      var (end, points, isBroken) = (next + 1, 0, false)
      while end < text.count, !isBroken {
        let byte = text[end]
        if byte == UInt8(ascii: "@") {
          isBroken = true
        } else if byte == UInt8(ascii: "."), end + 1 < text.count, isAlphanumeric(text[end + 1]) {
          points += 1
        } else if !isAlphanumeric(byte), byte != UInt8(ascii: "-"), byte != UInt8(ascii: "_") {
          break
        }
        end += 1
      }
      guard !isBroken, points > 0, text[end - 1].isASCIILetter || text[end - 1] == UInt8(ascii: ".") else { continue }
      return start..<trimmed(text, start, end)
    }
    return nil
  }

  // MARK: - Parts

  /// No host has a longer name (RFC 1035, with room to spare).
  private static let longestDomain = 1_000

  private static func endOfDomain(in text: [UInt8], from start: Int, needsPoint: Bool) -> Int? {
    var index = start
    var points = 0
    var underscores = (last: 0, before: 0)
    while index < text.count {
      guard index - start <= longestDomain else { return nil }
      switch text[index] {
      case UInt8(ascii: "_"): underscores.last += 1
      case UInt8(ascii: "."):
        underscores = (0, underscores.last)
        points += 1
      case UInt8(ascii: "-"): break
      default:
        guard isHost(text, at: index) else {
          return underscores == (0, 0) && (points > 0 || !needsPoint) ? index : nil
        }
      }
      index += 1
    }
    return underscores == (0, 0) && (points > 0 || !needsPoint) ? index : nil
  }

  /// Whether a letter, a digit or a part of a longer character stands here.
  private static func isHost(_ text: [UInt8], at index: Int) -> Bool {
    isAlphanumeric(text[index]) || text[index] >= 0x80
  }

  private static func end(of text: [UInt8], from start: Int, behind domain: Int) -> Int? {
    var end = domain
    while end < text.count, !text[end].isMarkdownSpace, text[end] != UInt8(ascii: "<") { end += 1 }
    end = trimmed(text, start, end)
    return end > start ? end : nil
  }

  /// The end of an address without the punctuation of the sentence around it.
  private static func trimmed(_ text: [UInt8], _ start: Int, _ end: Int) -> Int {
    var end = end
    let opening = text[start..<end].count { $0 == UInt8(ascii: "(") }
    var closing = text[start..<end].count { $0 == UInt8(ascii: ")") }
    while end > start {
      switch text[end - 1] {
      case UInt8(ascii: ")"):
        guard closing > opening else { return end }
        closing -= 1
        end -= 1
      case _ where "?!.,:*_~'\"".utf8.contains(text[end - 1]): end -= 1
      case UInt8(ascii: ";"):
        // A character reference is not a part of the address.
        var name = end - 2
        while name > start, text[name].isASCIILetter { name -= 1 }
        end = name < end - 2 && text[name] == UInt8(ascii: "&") ? name : end - 1
      default: return end
      }
    }
    return end
  }

  private static func begins(_ text: [UInt8], at start: Int, with word: String) -> Bool {
    text[start...].prefix(word.utf8.count).lazy.map { $0.isASCIILetter ? $0 | 0x20 : $0 }.elementsEqual(word.utf8)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte.isASCIIDigit }

  private static func isName(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || ".+-_".utf8.contains(byte) }
}
