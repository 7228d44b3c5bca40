/// Finds in the text of paragraphs and headings what libcmark would take apart: formulas, bare addresses, marks of footnotes.
///
/// Code, HTML and the targets of links are skipped. Formulas are recognised by Pandoc's rules (its manual, `tex_math_dollars`): a `$`
/// with no blank behind it opens one; the next `$` closes it if no blank stands before and no digit behind it.
struct MarkdownScanner {
  private(set) var tokens: MarkdownTokens
  /// Formulas that do not end.
  private(set) var faults: [MarkdownFault] = []
  /// The labels of footnotes.
  private let labels: Set<String>

  /// - Parameters:
  ///   - text: the text of which all will be parts.
  ///   - labels: the labels of footnotes, in lower case.
  init(for text: String, labels: Set<String>) {
    tokens = MarkdownTokens(for: text)
    self.labels = labels
  }

  /// Puts words in the place of what is found in `blocks`.
  mutating func rewrite(_ lines: inout MarkdownLines, blocks: [MarkdownBlock]) {
    var result: [MarkdownLines.Line] = []
    var done = 0
    for block in blocks where block.kind != .literal && block.lines.lowerBound >= done {
      let old = lines.all[block.lines]
      guard old.contains(where: { $0.bytes.contains(where: Self.mayBegin) }) else { continue }
      result += lines.all[done..<block.lines.lowerBound]
      result += rewritten(old, of: block)
      done = block.lines.upperBound
    }
    if done > 0 { lines.all = result + lines.all[done...] }
  }

  /// Whether something could begin with a character; `w` and `:` stand for addresses.
  private static func mayBegin(_ byte: UInt8) -> Bool { "$wW:[\\".utf8.contains(byte) }

  /// A block's text without what stands before its lines.
  private struct Text {
    var bytes: [UInt8] = []
    /// For each line, the place in `bytes` where it begins, and the line with what stands before its text alone.
    var lines: [(start: Int, line: MarkdownLines.Line)] = []
    /// The last run of each number of backticks.
    var backticks: [Int: Int] = [:]
    /// Where two dollars stand for the last time.
    var lastDollars = -1
    /// Whether its lines stand as they do in the file.
    var hasColumns = true
  }

  private static func text(of lines: ArraySlice<MarkdownLines.Line>, in block: MarkdownBlock) -> Text {
    var text = Text()
    for (number, line) in lines.enumerated() {
      let start = block.start(of: line.bytes, isFirst: number == 0).offset
      if number > 0 { text.bytes.append(UInt8(ascii: "\n")) }
      var empty = line
      empty.bytes = Array(line.bytes.prefix(start))
      text.lines.append((text.bytes.count, empty))
      text.bytes += line.bytes.dropFirst(start)
      if line.cell != nil { text.hasColumns = false }
    }
    var index = 0
    while index < text.bytes.count {
      let length = run(of: text.bytes[index], in: text.bytes, at: index)
      if text.bytes[index] == UInt8(ascii: "`") { text.backticks[length] = index }
      if text.bytes[index] == UInt8(ascii: "$"), length > 1 { text.lastDollars = index + length - 2 }
      index += length
    }
    return text
  }

  private mutating func rewritten(_ old: ArraySlice<MarkdownLines.Line>, of block: MarkdownBlock)
    -> [MarkdownLines.Line]
  {
    let text = Self.text(of: old, in: block)
    let bytes = text.bytes
    if bytes.starts(with: "$$".utf8), Self.formula(in: text, at: 0) == nil {
      faults.append(
        MarkdownFault(
          line: text.lines[0].line.origin, summary: "The formula that begins here has no end in its paragraph.",
          hint: "Close it with $$; in it, no line is blank or begins like the item of a list, with “+ ” or “- ”."))
    }
    var result: [MarkdownLines.Line] = []
    var number = 0
    var line = text.lines[0].line
    /// Takes over what stands there as it is.
    func keep(_ range: Range<Int>) {
      for byte in bytes[range] {
        guard byte == UInt8(ascii: "\n") else {
          line.bytes.append(byte)
          continue
        }
        number += 1
        result.append(line)
        line = text.lines[number].line
      }
    }
    var index = 0
    while index < bytes.count {
      if let (meaning, end) = token(in: text, at: index, line: number) {
        let source = String(decoding: bytes[index..<end], as: UTF8.self)
        line.bytes += tokens.add(MarkdownToken(meaning: meaning, source: source)).utf8
        // What a formula reaches over becomes one line.
        number += bytes[index..<end].count { $0 == UInt8(ascii: "\n") }
        index = end
      } else {
        let end = Self.skip(in: text, at: index)
        keep(index..<end)
        index = end
      }
    }
    result.append(line)
    return result
  }

  // MARK: - Tokens

  private func token(in text: Text, at index: Int, line: Int) -> (MarkdownToken.Meaning, end: Int)? {
    let bytes = text.bytes
    switch bytes[index] {
    case UInt8(ascii: "$"):
      guard let content = Self.formula(in: text, at: index) else { return nil }
      let isDisplay = content.lowerBound == index + 2
      let tex = String(decoding: bytes[content], as: UTF8.self)
      let count = tex.utf8.count { $0 == UInt8(ascii: "\n") } + 1
      let places = text.lines[line..<min(line + count, text.lines.count)]
      let before = String(decoding: bytes[text.lines[line].start..<content.lowerBound], as: UTF8.self).count
      let offsets = places.enumerated().map { $1.line.bytes.count + ($0 == 0 ? before : 0) }
      let formula = MarkdownFormula(
        tex: tex, isDisplay: isDisplay, line: text.lines[line].line.origin,
        columnOffsets: text.hasColumns ? offsets : nil)
      return (.formula(formula), content.upperBound + (isDisplay ? 2 : 1))
    case UInt8(ascii: "["):
      guard index + 3 < bytes.count, bytes[index + 1] == UInt8(ascii: "^"),
        let end = bytes[index...].prefix(Self.longest).firstIndex(where: {
          $0 == UInt8(ascii: "]") || $0.isMarkdownSpace
        }),
        bytes[end] == UInt8(ascii: "]"), !Self.isTarget(bytes, at: end + 1)
      else { return nil }
      let label = MarkdownFootnotes.label(bytes[(index + 2)..<end])
      return labels.contains(label) ? (.footnote(label: label), end + 1) : nil
    case UInt8(ascii: "\\"):
      guard index + 1 < bytes.count else { return nil }
      let isOwn =
        switch bytes[index + 1] {
        case UInt8(ascii: "~"): true
        case UInt8(ascii: "{"): index + 2 < bytes.count && bytes[index + 2] == UInt8(ascii: "#")
        case UInt8(ascii: "["): index == 0 || index + 2 < bytes.count && bytes[index + 2] == UInt8(ascii: "^")
        default: false
        }
      return isOwn ? (.character(String(UnicodeScalar(bytes[index + 1]))), index + 2) : nil
    case 0x57, 0x77, 0x48, 0x68, 0x46, 0x66:
      guard index == 0 || bytes[index - 1] != UInt8(ascii: "["),
        let (end, prefix) = BareAddress.page(in: bytes, at: index)
      else { return nil }
      let shown = String(decoding: bytes[index..<end], as: UTF8.self)
      return (.address(text: shown, address: prefix + shown), end)
    default: return nil
    }
  }

  /// No label is longer (CommonMark allows 999 characters), and no target behind one is looked at any further.
  private static let longest = 1_000

  /// Whether the target of a link stands here, as in `[^1](page.md)`.
  private static func isTarget(_ bytes: [UInt8], at index: Int) -> Bool {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "(") else { return false }
    let end = bytes[index...].prefix(longest).firstIndex { $0 == UInt8(ascii: ")") || $0.isMarkdownSpace }
    return end.map { bytes[$0] == UInt8(ascii: ")") } ?? false
  }

  /// What stands between the dollars that begin here.
  private static func formula(in text: Text, at index: Int) -> Range<Int>? {
    let (bytes, dollar) = (text.bytes, UInt8(ascii: "$"))
    guard index + 2 < bytes.count else { return nil }
    if bytes[index + 1] == dollar {
      guard text.lastDollars >= index + 2 else { return nil }
      var end = index + 2
      while end + 1 < bytes.count {
        if bytes[end] == dollar, bytes[end + 1] == dollar { break }
        end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
      }
      guard end + 1 < bytes.count, end > index + 2 else { return nil }
      return (index + 2)..<end
    }
    guard !bytes[index + 1].isMarkdownSpace else { return nil }
    var end = index + 1
    while end < bytes.count, bytes[end] != dollar { end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1 }
    guard end < bytes.count, !bytes[end - 1].isMarkdownSpace || bytes[end - 2] == UInt8(ascii: "\\"),
      end + 1 == bytes.count || !bytes[end + 1].isASCIIDigit
    else { return nil }
    return (index + 1)..<end
  }

  // MARK: - What is skipped

  /// The end of what stands at `index` and is left as it is.
  private static func skip(in text: Text, at index: Int) -> Int {
    let bytes = text.bytes
    switch bytes[index] {
    case UInt8(ascii: "\\"): return min(index + 2, bytes.count)
    case UInt8(ascii: "`"):
      let length = run(of: bytes[index], in: bytes, at: index)
      var next = index + length
      guard text.backticks[length, default: -1] >= next else { return next }
      while next < bytes.count {
        if bytes[next] == UInt8(ascii: "`") {
          let other = run(of: bytes[next], in: bytes, at: next)
          next += other
          if other == length { return next }
        } else {
          next += 1
        }
      }
      return next
    case UInt8(ascii: "<"):
      guard index + 1 < bytes.count, bytes[index + 1].isASCIILetter || "/!?".utf8.contains(bytes[index + 1]),
        let end = bytes[(index + 1)...].firstIndex(where: { "<>".utf8.contains($0) }), bytes[end] == UInt8(ascii: ">")
      else { return index + 1 }
      return end + 1
    case UInt8(ascii: "]"):
      guard index + 1 < bytes.count, "(:".utf8.contains(bytes[index + 1]) else { return index + 1 }
      var end = index + 2
      while end < bytes.count, bytes[end].isMarkdownBlank { end += 1 }
      while end < bytes.count, !bytes[end].isMarkdownSpace, bytes[end] != UInt8(ascii: ")") { end += 1 }
      return end
    default: return index + 1
    }
  }

  /// How often a byte stands here in a row.
  private static func run(of byte: UInt8, in bytes: [UInt8], at index: Int) -> Int {
    var end = index
    while end < bytes.count, bytes[end] == byte { end += 1 }
    return end - index
  }
}
