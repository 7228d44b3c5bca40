/// `~~Text~~` that is struck through, in the text of one parent: marks are paired as cmark-gfm does it, by the rules for emphasis.
struct MarkdownStrikethrough {
  /// A run of one or two tildes.
  private struct Mark {
    /// Its place in the result.
    let place: Int
    let length: Int
    let canOpen: Bool
    let canClose: Bool
  }

  private var result: [MarkdownEvent] = []
  /// The marks of each open parent that may yet be closed.
  private var open: [[Mark]] = [[]]

  /// The walk with what is struck through.
  static func apply(to events: [MarkdownEvent]) -> [MarkdownEvent] {
    var pass = MarkdownStrikethrough()
    for index in events.indices {
      switch events[index] {
      case .enter:
        pass.open.append([])
        pass.result.append(events[index])
      case .exit:
        pass.open.removeLast()
        pass.result.append(events[index])
      case .leaf(.text(let text), let line) where text.utf8.contains(UInt8(ascii: "~")):
        pass.split(
          text, line, before: index > 0 ? Self.edge(events[index - 1]) : " ",
          behind: index + 1 < events.count ? Self.edge(events[index + 1]) : " ")
      case .leaf: pass.result.append(events[index])
      }
    }
    return pass.result
  }

  /// The character that a neighbour of a text shows it: the mark of an inline, or the end of a line.
  private static func edge(_ event: MarkdownEvent) -> Unicode.Scalar {
    switch event {
    case .enter(.emphasis, _), .enter(.strong, _), .enter(.link, _), .enter(.image, _): "*"
    case .enter, .leaf(.softBreak, _), .leaf(.lineBreak, _): " "
    case .leaf, .exit: "*"
    }
  }

  private mutating func split(
    _ text: String, _ line: Int?, before: Unicode.Scalar, behind: Unicode.Scalar
  ) {
    let scalars = Array(text.unicodeScalars)
    var plain = String.UnicodeScalarView()
    func flush(_ result: inout [MarkdownEvent]) {
      if !plain.isEmpty { result.append(.leaf(.text(String(plain)), line: line)) }
      plain.removeAll()
    }
    var index = 0
    while index < scalars.count {
      var end = index
      while end < scalars.count, scalars[end] == "~" { end += 1 }
      guard end > index else {
        plain.append(scalars[index])
        index += 1
        continue
      }
      let left = index > 0 ? scalars[index - 1] : before
      let right = end < scalars.count ? scalars[end] : behind
      let (isSpaceLeft, isSpaceRight) = (left.properties.isWhitespace, right.properties.isWhitespace)
      let (isMarkLeft, isMarkRight) = (Self.isPunctuation(left), Self.isPunctuation(right))
      let canOpen = !isSpaceRight && (!isMarkRight || isSpaceLeft || isMarkLeft)
      let canClose = !isSpaceLeft && (!isMarkLeft || isSpaceRight || isMarkRight)
      if end - index <= 2, canOpen || canClose {
        flush(&result)
        let mark = Mark(place: result.count, length: end - index, canOpen: canOpen, canClose: canClose)
        result.append(.leaf(.text(String(repeating: "~", count: mark.length)), line: line))
        pair(mark, line)
      } else {
        plain.append(contentsOf: scalars[index..<end])
      }
      index = end
    }
    flush(&result)
  }

  private mutating func pair(_ mark: Mark, _ line: Int?) {
    var marks = open.removeLast()
    defer { open.append(marks) }
    if mark.canClose,
      let index = marks.lastIndex(where: { Self.fit($0, mark) })
    {
      if marks[index].length == mark.length {
        result[marks[index].place] = .enter(.strikethrough, line: line)
        result[mark.place] = .exit
      }
      marks.removeSubrange(index...)
    } else if mark.canOpen {
      marks.append(mark)
    }
  }

  private static func fit(_ opener: Mark, _ closer: Mark) -> Bool {
    !(closer.canOpen || opener.canClose) || closer.length % 3 == 0 || (opener.length + closer.length) % 3 != 0
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return (33...126).contains(scalar.value) && !scalar.properties.isAlphabetic && !("0"..."9").contains(scalar)
    }
    return switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }
}
