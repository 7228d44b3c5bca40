/// Footnotes, as cmark-gfm has them: `[^label]` in the text, and `[^label]: …` with everything that is indented below it.
///
/// libcmark knows none. Each definition is put before the text as the item of a list, which holds the same blocks; headings
/// between them keep the lists apart. `take` finds them again, `assemble` writes those that are used behind the text.
struct MarkdownFootnotes {
  /// A definition.
  private struct Definition {
    let label: String
    /// The 1-based line of the file.
    let line: Int
    var events: [MarkdownEvent] = []
  }

  /// In the order of the text, each label once.
  private var definitions: [Definition] = []
  /// What is wrong with them.
  private(set) var faults: [MarkdownFault] = []

  /// Their labels.
  var labels: Set<String> { Set(definitions.map(\.label)) }

  /// `[^Label]` and `[^LABEL]` are one.
  static func label(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: Array(bytes), as: UTF8.self).lowercased()
  }

  // MARK: - Finding

  /// Moves the definitions to the beginning.
  init(in lines: inout MarkdownLines, blocks: [MarkdownBlock]) {
    var isLiteral = Array(repeating: false, count: lines.all.count)
    var ends: [Int: Int] = [:]
    for block in blocks {
      for line in block.lines where block.kind == .literal { isLiteral[line] = true }
      for line in block.lines where block.kind == .paragraph { ends[line] = block.lines.upperBound }
    }
    var moved: [MarkdownLines.Line] = []
    var labels: Set<String> = []
    var index = 0
    while index < lines.all.count {
      guard !isLiteral[index], let (label, text) = Self.opening(of: lines.all[index]) else {
        index += 1
        continue
      }
      let first = index
      let lazyEnd = ends[index] ?? index + 1
      index += 1
      while index < lines.all.count {
        let line = lines.all[index]
        let isLazy = index < lazyEnd && !lines.all[index - 1].isBlank && Self.opening(of: line) == nil
        guard line.isBlank || line.indentation >= 4 || isLazy else { break }
        index += 1
      }
      while lines.all[index - 1].isBlank { index -= 1 }
      let origin = lines.all[first].origin
      if !labels.insert(label).inserted {
        faults.append(
          MarkdownFault(line: origin, summary: "There is a footnote “\(label)” already.", hint: "Rename one of them."))
      } else {
        definitions.append(Definition(label: label, line: origin))
        moved.append(MarkdownLines.Line(bytes: Array("# #".utf8), origin: origin, isSeparator: true))
        moved.append(MarkdownLines.Line(bytes: Array("10. ".utf8) + text, origin: origin))
        let rest = lines.all[(first + 1)..<index]
        moved += text.isEmpty ? rest.drop(while: \.isBlank) : rest
      }
      // Where it stood it ended what stood before: a list, a paragraph.
      let indentation = lines.all[first].bytes.prefix(while: \.isMarkdownBlank)
      for place in first..<index { lines.all[place].bytes = [] }
      lines.all[first] = MarkdownLines.Line(bytes: indentation + Array("# #".utf8), origin: origin, isSeparator: true)
    }
    guard !moved.isEmpty else { return }
    moved.append(MarkdownLines.Line(bytes: Array("# #".utf8), origin: 1, isSeparator: true))
    lines.all = moved + lines.all
  }

  /// The label of the definition that begins on a line, and what stands behind it.
  private static func opening(of line: MarkdownLines.Line) -> (label: String, text: [UInt8])? {
    guard line.indentation < 4 else { return nil }
    let bytes = line.bytes.drop(while: \.isMarkdownBlank)
    guard bytes.starts(with: "[^".utf8), let end = bytes.firstIndex(of: UInt8(ascii: "]")),
      bytes.dropFirst(end + 1 - bytes.startIndex).first == UInt8(ascii: ":")
    else { return nil }
    let label = bytes[(bytes.startIndex + 2)..<end]
    guard !label.isEmpty, !label.contains(where: \.isMarkdownSpace) else { return nil }
    return (Self.label(label), Array(bytes[(end + 2)...].drop(while: \.isMarkdownBlank)))
  }

  // MARK: - Assembling

  /// Takes the definitions out of a walk through the rewritten text, and lets each step know its line of the file.
  ///
  /// - Parameter lines: the lines that were parsed.
  mutating func take(from events: [MarkdownEvent], _ lines: MarkdownLines) -> [MarkdownEvent] {
    guard !definitions.isEmpty else { return events.map { $0.placed(in: lines) } }
    var text: [MarkdownEvent] = []
    var depth = 0
    /// Which definition the walk is in: none yet at first, none any more at last.
    var current = -1
    var isInSeparator = false
    for event in events {
      if case .enter(.heading, let line?) = event, lines.all[line - 1].isSeparator {
        current += 1
        isInSeparator = true
        continue
      }
      if case .exit = event, isInSeparator {
        isInSeparator = false
        continue
      }
      if case .exit = event { depth -= 1 }
      if depth == 0 || current < 0 || current >= definitions.count {
        text.append(event.placed(in: lines))
      } else if depth >= 3 {
        // The list and its item are only there to hold the blocks.
        definitions[current].events.append(event.placed(in: lines))
      }
      if case .enter = event { depth += 1 }
    }
    return text
  }

  /// Numbers the footnotes in the order of their first marks, and writes those that have one behind the text.
  mutating func assemble(_ text: [MarkdownEvent]) -> [MarkdownEvent] {
    for case .leaf(.text(let words), let line) in text where words.utf8.contains(UInt8(ascii: "^")) {
      faults += Self.unknownMarks(in: words, line)
    }
    guard !definitions.isEmpty else { return text }
    let places = Dictionary(definitions.enumerated().map { ($1.label, $0) }) { first, _ in first }
    /// The definitions in the order of their numbers.
    var order: [Int] = []
    var numbers: [String: Int] = [:]
    var marks: [String: Int] = [:]
    func numbered(_ events: [MarkdownEvent]) -> [MarkdownEvent] {
      events.map { event in
        guard case .leaf(.footnoteMark(let label, _, _), let line) = event, let place = places[label] else {
          return event
        }
        let number = numbers[label, default: order.count + 1]
        if number > order.count { order.append(place) }
        numbers[label] = number
        marks[label, default: 0] += 1
        return .leaf(.footnoteMark(id: label, number: number, occurrence: marks[label, default: 1]), line: line)
      }
    }
    // The last step leaves the document.
    var result = numbered(text.dropLast())
    var notes: [(Definition, events: [MarkdownEvent])] = []
    while notes.count < order.count {
      let definition = definitions[order[notes.count]]
      notes.append((definition, numbered(definition.events)))
    }
    if !notes.isEmpty {
      result.append(.enter(.footnotes, line: nil))
      for (note, events) in notes {
        result.append(.enter(.footnote(id: note.label), line: note.line))
        result += Self.closed(events, with: .waysBack(id: note.label, count: marks[note.label, default: 1]))
        result.append(.exit)
      }
      result.append(.exit)
    }
    for definition in definitions where numbers[definition.label] == nil {
      faults.append(
        MarkdownFault(
          line: definition.line, summary: "Nothing refers to the footnote “\(definition.label)”, so it is left out.",
          hint: "Write [^\(definition.label)] where it belongs, or remove it."))
    }
    return result + text.suffix(1)
  }

  /// Marks that no footnote answers to, and that stand in the text as they were written.
  private static func unknownMarks(in text: String, _ line: Int?) -> [MarkdownFault] {
    text.matches(of: #/\[\^([^\s\[\]]{1,100})\]/#).map { match in
      MarkdownFault(
        line: line, summary: "There is no footnote “\(match.output.1)”.",
        hint: "Write a line `[^\(match.output.1)]: …`, or \\[^ if none is meant.")
    }
  }

  /// A footnote's blocks with the ways back at the end of its last paragraph, or else behind them.
  private static func closed(_ events: [MarkdownEvent], with ways: MarkdownNode.Kind) -> [MarkdownEvent] {
    var depth = 0
    var isParagraph = false
    for event in events {
      if case .exit = event { depth -= 1 }
      if depth == 0 {
        if case .enter(.paragraph, _) = event { isParagraph = true }
        if case .enter(let kind, _) = event, kind != .paragraph { isParagraph = false }
        if case .leaf = event { isParagraph = false }
      }
      if case .enter = event { depth += 1 }
    }
    let place = isParagraph ? events.count - 1 : events.count
    return events[..<place] + [.leaf(ways, line: nil)] + events[place...]
  }
}
