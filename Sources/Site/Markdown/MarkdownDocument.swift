import CCMark

/// A parsed Markdown document: owns libcmark's tree.
final class MarkdownDocument {
  /// How Markdown becomes HTML.
  struct Options {
    /// Whether HTML in the Markdown is passed on, and links of any scheme.
    var allowsRawHTML = false
    /// Whether straight quotes and dashes become typographic ones.
    var smartPunctuation = false
  }

  private let root: OpaquePointer
  fileprivate let flags: Int32

  /// Parses `text`; every text is valid Markdown.
  init(_ text: String, options: Options = Options()) {
    let flags =
      CMARK_OPT_DEFAULT | (options.allowsRawHTML ? CMARK_OPT_UNSAFE : 0)
      | (options.smartPunctuation ? CMARK_OPT_SMART : 0)
    self.flags = flags
    root = text.withCString { cmark_parse_document($0, text.utf8.count, flags) }
  }

  deinit {
    cmark_node_free(root)
    for node in retired { cmark_node_free(node) }
  }

  /// All nodes in reading order, each before its children.
  ///
  /// The list stays valid while nodes are replaced, for no node is freed before the document.
  var nodes: [MarkdownNode] { MarkdownNode(document: self, pointer: root).descendants }

  /// The document as HTML.
  var html: String { MarkdownNode(document: self, pointer: root).html }

  /// Nodes that were taken out of the tree; they live as long as the document.
  fileprivate var retired: [OpaquePointer] = []
}

/// One node of a document's tree.
struct MarkdownNode {
  fileprivate let document: MarkdownDocument
  fileprivate let pointer: OpaquePointer

  private var type: cmark_node_type { cmark_node_get_type(pointer) }

  /// The 1-based line on which the node begins, or `nil` where libcmark does not know.
  var line: Int? {
    let line = Int(cmark_node_get_start_line(pointer))
    return line > 0 ? line : nil
  }

  /// The node and everything below it as HTML.
  var html: String {
    guard let rendered = cmark_render_html(pointer, document.flags) else { return "" }
    defer { cmark_get_default_mem_allocator().pointee.free(rendered) }
    return String(cString: rendered)
  }

  /// The level of a heading, 1…6, `nil` for any other node.
  var headingLevel: Int? {
    get { type == CMARK_NODE_HEADING ? Int(cmark_node_get_heading_level(pointer)) : nil }
    nonmutating set { if let newValue { cmark_node_set_heading_level(pointer, Int32(newValue)) } }
  }

  /// The words after the opening fence of a code block, `nil` for any other node.
  var fenceInfo: String? {
    type == CMARK_NODE_CODE_BLOCK ? cmark_node_get_fence_info(pointer).map { String(cString: $0) } : nil
  }

  /// The text of a code block, of a piece of text or of a piece of HTML.
  var literal: String? { cmark_node_get_literal(pointer).map { String(cString: $0) } }

  /// Whether it is HTML.
  var isRawHTML: Bool { type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE }

  /// Whether it is an image.
  var isImage: Bool { type == CMARK_NODE_IMAGE }

  /// The target of a link or image, `nil` for any other node.
  var url: String? {
    get {
      guard type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE else { return nil }
      return cmark_node_get_url(pointer).map { String(cString: $0) }
    }
    nonmutating set { cmark_node_set_url(pointer, newValue) }
  }

  /// The node and everything below it in reading order, each node before its children.
  var descendants: [MarkdownNode] {
    guard let iterator = cmark_iter_new(pointer) else { return [] }
    defer { cmark_iter_free(iterator) }
    var nodes: [MarkdownNode] = []
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { return nodes }
      if event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) {
        nodes.append(MarkdownNode(document: document, pointer: node))
      }
    }
  }

  /// The text of the node and everything below it, without markup.
  var plainText: String {
    descendants.map { node in
      switch node.type {
      case CMARK_NODE_TEXT, CMARK_NODE_CODE: node.literal ?? ""
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: " "
      default: ""
      }
    }.joined()
  }

  /// Puts `html` in the place of this block.
  func replace(withHTML html: String) {
    guard let block = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK) else { return }
    cmark_node_set_on_enter(block, html)
    cmark_node_replace(pointer, block)
    document.retired.append(pointer)
  }
}
