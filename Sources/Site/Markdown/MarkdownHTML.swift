extension MarkdownTree {
  /// The tree as HTML, byte for byte as libcmark writes it, and cmark-gfm what is added to CommonMark.
  ///
  /// - Parameters:
  ///   - allowsRawHTML: whether HTML in the Markdown is passed on, and addresses that run something.
  ///   - addresses: what links and images get in the place of the addresses that were written, by node.
  ///   - pictures: how large images are, by node; those without a size are written as CommonMark has them.
  ///   - headings: the headings that get an id, and what level they get.
  ///   - blocks: HTML in the place of blocks of code and of formulas, by node; other formulas stand as they were written.
  ///   - strings: the words of the interface, in the page’s language.
  func html(
    allowsRawHTML: Bool = false, addresses: [Int: String] = [:], pictures: [Int: PictureSize] = [:],
    headings: [MarkdownHeading] = [], blocks: [Int: String] = [:], strings: Strings = .english
  ) -> String {
    var writer = MarkdownHTML(
      tree: self, allowsRawHTML: allowsRawHTML, addresses: addresses, pictures: pictures, headings: headings[...],
      blocks: blocks, wayBack: MarkupText.escaped(strings(.backToContent)))
    return writer.write()
  }
}

/// Writes a tree as HTML.
private struct MarkdownHTML {
  let tree: MarkdownTree
  let allowsRawHTML: Bool
  let addresses: [Int: String]
  let pictures: [Int: PictureSize]
  /// The headings that are to come.
  var headings: ArraySlice<MarkdownHeading>
  let blocks: [Int: String]
  /// What the links of footnotes back to their marks are called.
  let wayBack: String

  var html: [UInt8] = []
  /// The nodes around the next one, the innermost last, and what ends each of them.
  var open: [(index: Int, ending: String)] = []

  mutating func write() -> String {
    var index = 0
    while index < tree.nodes.count {
      close(before: index)
      write(tree.nodes[index], index)
      // What describes an image has been written as its text.
      index = tree.nodes[index].isImage ? tree.nodes[index].end : index + 1
    }
    close(before: index)
    return String(decoding: html, as: UTF8.self)
  }

  private mutating func close(before index: Int) {
    while let last = open.last, tree.nodes[last.index].end <= index {
      if case .blockQuote = tree.nodes[last.index].kind { startLine() }
      html += last.ending.utf8
      open.removeLast()
    }
  }

  private mutating func write(_ node: MarkdownNode, _ index: Int) {
    switch node.kind {
    case .document: break
    case .blockQuote: begin("<blockquote>\n", "</blockquote>\n", index)
    case .list(nil, _): begin("<ul>\n", "</ul>\n", index)
    case .list(let start?, _): begin(start == 1 ? "<ol>\n" : "<ol start=\"\(start)\">\n", "</ol>\n", index)
    case .item: begin("<li>", "</li>\n", index)
    case .paragraph: paragraph(index)
    case .heading(let level, _): heading(level, index)
    case .taskItem(let isDone): task(isDone, index)
    case .table: begin("<table>\n", "</table>\n", index)
    case .tableHead: begin("<thead>\n", "</thead>\n", index)
    case .tableBody: begin("<tbody>\n", "</tbody>\n", index)
    case .tableRow: begin("<tr>\n", "</tr>\n", index)
    case .tableCell(let isHeader, let alignment):
      let name = isHeader ? "th" : "td"
      begin("<\(name)\(alignment.map { " style=\"text-align: \($0)\"" } ?? "")>", "</\(name)>\n", index)
    case .footnotes: begin("<section class=\"footnotes\" data-footnotes>\n<ol>\n", "</ol>\n</section>\n", index)
    case .footnote(let id):
      startLine()
      html += "<li id=\"fn-".utf8
      address(id)
      enter("\">\n", "</li>\n", index)
    case .footnoteMark(let id, let number, let occurrence): mark(id, number, occurrence)
    case .waysBack(let id, let count): waysBack(id, count)
    case .strikethrough: enter("<del>", "</del>", index)
    case .formula(let formula):
      if let other = blocks[index] {
        html += other.utf8
      } else {
        let dollars = formula.isDisplay ? "$$" : "$"
        escape(dollars + formula.tex + dollars)
      }
    case .thematicBreak: block("<hr />\n")
    case .codeBlock(let info, let text): code(info, text, index)
    case .htmlBlock(let text): block(allowsRawHTML ? text : Self.omitted)
    case .html(let text): html += (allowsRawHTML ? text : Self.omitted).utf8
    case .text(let text): escape(text)
    case .code(let text):
      html += "<code>".utf8
      escape(text)
      html += "</code>".utf8
    case .softBreak: html.append(UInt8(ascii: "\n"))
    case .lineBreak: html += "<br />\n".utf8
    case .emphasis: enter("<em>", "</em>", index)
    case .strong: enter("<strong>", "</strong>", index)
    case .link(let address, let title):
      html += "<a href=\"".utf8
      self.address(addresses[index] ?? address)
      self.title(title)
      enter("\">", "</a>", index)
    case .image(let address, let title):
      html += "<img src=\"".utf8
      self.address(addresses[index] ?? address)
      html += "\" alt=\"".utf8
      description(tree.nodes[index + 1..<node.end])
      self.title(title)
      html.append(UInt8(ascii: "\""))
      // With its size, nothing moves when it comes.
      if let size = pictures[index] {
        html += " width=\"\(size.width)\" height=\"\(size.height)\" loading=\"lazy\" decoding=\"async\"".utf8
      }
      html += " />".utf8
    }
  }

  private static let omitted = "<!-- raw HTML omitted -->"

  // MARK: - Blocks

  private mutating func startLine() {
    if let last = html.last, last != UInt8(ascii: "\n") { html.append(UInt8(ascii: "\n")) }
  }

  /// Writes a block that stands on lines of its own.
  private mutating func block(_ text: String) {
    startLine()
    html += text.utf8
    startLine()
  }

  private mutating func begin(_ start: String, _ ending: String, _ index: Int) {
    startLine()
    enter(start, ending, index)
  }

  private mutating func enter(_ start: String, _ ending: String, _ index: Int) {
    html += start.utf8
    open.append((index, ending))
  }

  /// A paragraph; the items of a tight list hold its text alone.
  private mutating func paragraph(_ index: Int) {
    if let list = open.dropLast().last, case .list(_, isTight: true) = tree.nodes[list.index].kind {
      enter("", "", index)
    } else {
      begin("<p>", "</p>\n", index)
    }
  }

  private mutating func heading(_ level: Int, _ index: Int) {
    guard headings.first?.node == index, let heading = headings.popFirst() else {
      return begin("<h\(level)>", "</h\(level)>\n", index)
    }
    begin("<h\(heading.level) id=\"\(heading.id)\">", "</h\(heading.level)>\n", index)
  }

  private mutating func code(_ info: String, _ text: String, _ index: Int) {
    if let other = blocks[index] { return block(other) }
    startLine()
    html += "<pre><code".utf8
    if !info.isEmpty {
      html += " class=\"language-".utf8
      escape(String(Substring(info.utf8.prefix { !(9...13).contains($0) && $0 != UInt8(ascii: " ") })))
      html.append(UInt8(ascii: "\""))
    }
    html.append(UInt8(ascii: ">"))
    escape(text)
    html += "</code></pre>\n".utf8
  }

  private mutating func task(_ isDone: Bool, _ index: Int) {
    begin("<li><input type=\"checkbox\" \(isDone ? "checked=\"\" " : "")disabled=\"\" /> ", "</li>\n", index)
  }

  // MARK: - Footnotes

  private mutating func mark(_ id: String, _ number: Int, _ occurrence: Int) {
    html += "<sup class=\"footnote-ref\"><a href=\"#fn-".utf8
    address(id)
    html += "\" id=\"fnref-".utf8
    address(id)
    html += "\(occurrence > 1 ? "-\(occurrence)" : "")\" data-footnote-ref>\(number)</a></sup>".utf8
  }

  /// A link for each mark of a footnote, behind its last words or on a line of their own.
  private mutating func waysBack(_ id: String, _ count: Int) {
    let isInText = open.last.map { tree.nodes[$0.index].kind == .paragraph } ?? false
    if !isInText { startLine() }
    for number in 1...max(1, count) {
      html += (isInText || number > 1 ? " " : "").utf8
      html += "<a href=\"#fnref-".utf8
      address(id)
      html += "\(number > 1 ? "-\(number)" : "")\" class=\"footnote-backref\" data-footnote-backref".utf8
      html += " aria-label=\"\(wayBack)\">↩".utf8
      html += (number > 1 ? "<sup class=\"footnote-ref\">\(number)</sup>" : "").utf8
      html += "</a>".utf8
    }
    if !isInText { html.append(UInt8(ascii: "\n")) }
  }

  // MARK: - Inlines

  /// The text of what describes an image, in which HTML counts as text.
  private mutating func description(_ nodes: ArraySlice<MarkdownNode>) {
    for node in nodes {
      switch node.kind {
      case .text(let text), .code(let text), .html(let text): escape(text)
      case .formula(let formula): escape(formula.tex)
      case .softBreak, .lineBreak: html.append(UInt8(ascii: " "))
      default: break
      }
    }
  }

  private mutating func title(_ title: String?) {
    guard let title else { return }
    html += "\" title=\"".utf8
    escape(title)
  }

  private mutating func escape(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): html += "&amp;".utf8
      case UInt8(ascii: "<"): html += "&lt;".utf8
      case UInt8(ascii: ">"): html += "&gt;".utf8
      case UInt8(ascii: "\""): html += "&quot;".utf8
      default: html.append(byte)
      }
    }
  }

  // MARK: - Addresses

  private mutating func address(_ address: String) {
    guard allowsRawHTML || !Self.runsSomething(address) else { return }
    for byte in address.utf8 {
      switch byte {
      case UInt8(ascii: "&"): html += "&amp;".utf8
      case UInt8(ascii: "'"): html += "&#x27;".utf8
      case _ where Self.isPlain(byte): html.append(byte)
      default: html += [UInt8(ascii: "%"), Self.digits[Int(byte >> 4)], Self.digits[Int(byte & 15)]]
      }
    }
  }

  private static let digits = Array("0123456789ABCDEF".utf8)

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "?")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
      UInt8(ascii: "~"), UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: ";"), UInt8(ascii: "="):
      true
    default: false
    }
  }

  /// Whether a browser would run what such an address holds, or open a file.
  private static func runsSomething(_ address: String) -> Bool {
    let bytes = address.utf8.lazy.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    return ["javascript:", "vbscript:", "file:", "data:"].contains { bytes.starts(with: $0.utf8) }
      && !["png", "gif", "jpeg", "webp"].contains { bytes.starts(with: "data:image/\($0)".utf8) }
  }
}
