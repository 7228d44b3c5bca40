import Foundation

/// What the beginning or the end of a block's text says of the block: `[x]` of an item, `{#id}` of a heading.
enum MarkdownBeginnings {
  /// The walk with task items and the ids of headings.
  static func apply(to events: [MarkdownEvent]) -> [MarkdownEvent] {
    var result = events
    /// Places to leave out.
    var emptied: Set<Int> = []
    for index in events.indices {
      switch events[index] {
      case .enter(.item, let line):
        guard index + 2 < events.count, case .enter(.paragraph, _) = events[index + 1],
          case .leaf(.text(let text), let place) = events[index + 2], let isDone = box(of: text)
        else { continue }
        result[index] = .enter(.taskItem(isDone: isDone), line: line)
        result[index + 2] = .leaf(.text(String(text.dropFirst(4).drop { $0 == " " || $0 == "\t" })), line: place)
      case .enter(.heading(let level, _), let line):
        let end = Self.end(of: index, in: events)
        guard end > index + 1, case .leaf(.text(let text), let place) = events[end - 1], let (title, id) = id(of: text)
        else { continue }
        result[index] = .enter(.heading(level: level, id: id), line: line)
        result[end - 1] = .leaf(.text(title), line: place)
        if title.isEmpty { emptied.insert(end - 1) }
      case .enter, .leaf, .exit: break
      }
    }
    return emptied.isEmpty ? result : result.indices.filter { !emptied.contains($0) }.map { result[$0] }
  }

  /// Where what is entered at `index` is left.
  private static func end(of index: Int, in events: [MarkdownEvent]) -> Int {
    var depth = 0
    for place in index..<events.count {
      switch events[place] {
      case .enter: depth += 1
      case .exit: depth -= 1
      case .leaf: break
      }
      if depth == 0 { return place }
    }
    return index
  }

  /// Whether a task is done that begins with `[x] ` or `[ ] `.
  private static func box(of text: String) -> Bool? {
    let bytes = Array(text.utf8.prefix(4))
    guard bytes.count == 4, bytes[0] == UInt8(ascii: "["), bytes[2] == UInt8(ascii: "]"), bytes[3].isMarkdownBlank
    else { return nil }
    return switch bytes[1] {
    case UInt8(ascii: " "): false
    case UInt8(ascii: "x"), UInt8(ascii: "X"): true
    default: nil
    }
  }

  /// The title before `{#id}` and the id.
  private static func id(of text: String) -> (title: String, id: String)? {
    guard let brace = text.range(of: "{#", options: .backwards)?.lowerBound else { return nil }
    let mark = text[brace...].trimmingCharacters(in: .whitespaces)
    let id = mark.dropFirst(2).dropLast()
    guard mark.hasSuffix("}"), !id.isEmpty, !id.contains(where: { $0.isWhitespace || "{}#\"'<>&".contains($0) })
    else { return nil }
    let title = text[..<brace]
    return (
      String(title[..<(title.lastIndex { !$0.isWhitespace }.map(title.index(after:)) ?? title.startIndex)]), String(id)
    )
  }
}
