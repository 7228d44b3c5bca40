import CCMark

extension MarkdownTree {
  /// Parses `text`; every text is valid Markdown.
  ///
  /// What CommonMark does not know is written in its terms before libcmark parses the text, and turned back in what comes out:
  /// footnotes first, which hold blocks, then tables, which hold text, then what stands in text.
  ///
  /// - Parameter smartPunctuation: whether straight quotes and dashes become typographic ones.
  init(parsing text: String, smartPunctuation: Bool = false) {
    var lines = MarkdownLines(text)
    var parsed = ParsedMarkdown(lines, smartPunctuation)
    var footnotes = MarkdownFootnotes(in: &lines, blocks: parsed.blocks)
    if !footnotes.labels.isEmpty { parsed = ParsedMarkdown(lines, smartPunctuation) }
    let tables = MarkdownTables(in: &lines, blocks: parsed.blocks)
    if !tables.isEmpty { parsed = ParsedMarkdown(lines, smartPunctuation) }
    var scanner = MarkdownScanner(for: text, labels: footnotes.labels)
    scanner.rewrite(&lines, blocks: parsed.blocks)
    if !scanner.tokens.all.isEmpty { parsed = ParsedMarkdown(lines, smartPunctuation) }

    var events = tables.assemble(parsed.events, from: lines)
    events = MarkdownStrikethrough.apply(to: events)
    events = MarkdownInlines.apply(to: events, scanner.tokens)
    events = MarkdownBeginnings.apply(to: events)
    events = footnotes.take(from: events, lines)
    events = footnotes.assemble(events)
    self.init(events, faults: scanner.faults + footnotes.faults)
  }
}

/// A text as libcmark parses it.
private struct ParsedMarkdown {
  /// A walk through its tree; lines are those that were parsed.
  private(set) var events: [MarkdownEvent] = []
  /// The blocks that hold no others.
  private(set) var blocks: [MarkdownBlock] = []

  init(_ lines: MarkdownLines, _ smartPunctuation: Bool) {
    let text = lines.text
    let flags = CMARK_OPT_DEFAULT | (smartPunctuation ? CMARK_OPT_SMART : 0)
    let root = text.withCString { cmark_parse_document($0, text.utf8.count, flags) }
    defer { cmark_node_free(root) }
    let iterator = cmark_iter_new(root)
    defer { cmark_iter_free(iterator) }
    /// The containers around the next block: how many block quotes, and whether an item lies in the innermost.
    var containers: [(quotes: Int, isInItem: Bool)] = [(0, false)]
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { break }
      if event == CMARK_EVENT_EXIT {
        events.append(.exit)
        containers.removeLast()
        continue
      }
      let kind = MarkdownNode.Kind(node)
      let start = Int(cmark_node_get_start_line(node))
      let line = start > 0 ? start : nil
      let outer = containers.last ?? (0, false)
      if let block = MarkdownBlock.Kind(kind), start > 0 {
        let end = min(max(start, Int(cmark_node_get_end_line(node))), lines.all.count)
        var place = MarkdownBlock(
          kind: block, lines: (start - 1)..<end, column: max(0, Int(cmark_node_get_start_column(node)) - 1),
          quotes: outer.quotes, isInItem: outer.isInItem)
        place.leaveOutUnderline(lines)
        blocks.append(place)
      }
      guard kind.holdsOthers else {
        events.append(.leaf(kind, line: line))
        continue
      }
      events.append(.enter(kind, line: line))
      switch kind {
      case .blockQuote: containers.append((outer.quotes + 1, false))
      case .item: containers.append((outer.quotes, true))
      default: containers.append(outer)
      }
    }
  }
}

extension MarkdownBlock {
  /// Ends a heading behind its text: libcmark does not tell on which line it is underlined.
  fileprivate mutating func leaveOutUnderline(_ lines: MarkdownLines) {
    guard kind == .heading else { return }
    func text(_ index: Int) -> ArraySlice<UInt8> {
      let line = lines.all[index].bytes
      return line[start(of: line, isFirst: index == self.lines.lowerBound).offset...]
    }
    let first = text(self.lines.lowerBound)
    let isMarked =
      first.first == UInt8(ascii: "#") && (first.drop { $0 == UInt8(ascii: "#") }.first?.isMarkdownBlank ?? true)
    var end = self.lines.lowerBound + 1
    while !isMarked, end < lines.all.count {
      let line = text(end).filter { !$0.isMarkdownBlank }
      if !line.isEmpty, line.allSatisfy({ "=-".utf8.contains($0) }) { break }
      end += 1
    }
    self.lines = self.lines.lowerBound..<end
  }
}

extension MarkdownBlock.Kind {
  fileprivate init?(_ kind: MarkdownNode.Kind) {
    switch kind {
    case .paragraph: self = .paragraph
    case .heading: self = .heading
    case .codeBlock, .htmlBlock: self = .literal
    default: return nil
    }
  }
}

extension MarkdownNode.Kind {
  /// The kind of a node of libcmark's tree.
  fileprivate init(_ node: OpaquePointer) {
    var literal: String { Self.string(cmark_node_get_literal(node)) }
    switch cmark_node_get_type(node) {
    case CMARK_NODE_BLOCK_QUOTE: self = .blockQuote
    case CMARK_NODE_LIST:
      let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
      self = .list(
        start: isOrdered ? Int(cmark_node_get_list_start(node)) : nil, isTight: cmark_node_get_list_tight(node) != 0)
    case CMARK_NODE_ITEM: self = .item
    case CMARK_NODE_CODE_BLOCK:
      self = .codeBlock(info: Self.string(cmark_node_get_fence_info(node)), text: literal)
    case CMARK_NODE_HTML_BLOCK: self = .htmlBlock(literal)
    case CMARK_NODE_PARAGRAPH: self = .paragraph
    case CMARK_NODE_HEADING: self = .heading(level: Int(cmark_node_get_heading_level(node)), id: nil)
    case CMARK_NODE_THEMATIC_BREAK: self = .thematicBreak
    case CMARK_NODE_TEXT: self = .text(literal)
    case CMARK_NODE_SOFTBREAK: self = .softBreak
    case CMARK_NODE_LINEBREAK: self = .lineBreak
    case CMARK_NODE_CODE: self = .code(literal)
    case CMARK_NODE_HTML_INLINE: self = .html(literal)
    case CMARK_NODE_EMPH: self = .emphasis
    case CMARK_NODE_STRONG: self = .strong
    case CMARK_NODE_LINK: self = .link(address: Self.string(cmark_node_get_url(node)), title: Self.title(of: node))
    case CMARK_NODE_IMAGE: self = .image(address: Self.string(cmark_node_get_url(node)), title: Self.title(of: node))
    // A parser makes no other nodes.
    default: self = .document
    }
  }

  /// Whether other nodes can be within it.
  fileprivate var holdsOthers: Bool {
    switch self {
    case .document, .blockQuote, .list, .item, .paragraph, .heading, .emphasis, .strong, .link, .image: true
    default: false
    }
  }

  private static func string(_ text: UnsafePointer<CChar>?) -> String { text.map { String(cString: $0) } ?? "" }

  /// Where the empty text lies that libcmark gives for the title of every link that has none.
  private static let noTitle: Int = {
    let link = cmark_node_new(CMARK_NODE_LINK)
    defer { cmark_node_free(link) }
    return Int(bitPattern: cmark_node_get_title(link))
  }()

  /// A title that is there and empty, as of `[a](b "")`, is written out.
  private static func title(of node: OpaquePointer) -> String? {
    let title = cmark_node_get_title(node)
    return Int(bitPattern: title) == noTitle ? nil : string(title)
  }
}
