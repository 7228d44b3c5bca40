import CCMark

extension MarkdownTree {
  /// Parses `text`; every text is valid Markdown.
  ///
  /// - Parameter smartPunctuation: whether straight quotes and dashes become typographic ones.
  init(parsing text: String, smartPunctuation: Bool = false) {
    let flags = CMARK_OPT_DEFAULT | (smartPunctuation ? CMARK_OPT_SMART : 0)
    let root = text.withCString { cmark_parse_document($0, text.utf8.count, flags) }
    defer { cmark_node_free(root) }
    let iterator = cmark_iter_new(root)
    defer { cmark_iter_free(iterator) }
    var nodes: [MarkdownNode] = []
    // The nodes around the next one. What can hold others is left again, though it holds none.
    var open: [Int] = []
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { break }
      if event == CMARK_EVENT_EXIT {
        if let index = open.popLast() { nodes[index].end = nodes.count }
      } else {
        let kind = MarkdownNode.Kind(node)
        let line = Int(cmark_node_get_start_line(node))
        if kind.holdsOthers { open.append(nodes.count) }
        nodes.append(MarkdownNode(kind: kind, line: line > 0 ? line : nil, end: nodes.count + 1))
      }
    }
    self.init(nodes: nodes)
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
    case CMARK_NODE_HEADING: self = .heading(level: Int(cmark_node_get_heading_level(node)))
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
    case .codeBlock, .htmlBlock, .thematicBreak, .text, .softBreak, .lineBreak, .code, .html: false
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
