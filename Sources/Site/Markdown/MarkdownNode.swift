/// A block or an inline of a Markdown text.
struct MarkdownNode: Sendable, Hashable {
  /// How a column of a table is aligned.
  enum Alignment: String, Sendable, Hashable {
    case left, center, right
  }

  /// What CommonMark knows, and what is added to it.
  enum Kind: Sendable, Hashable {
    case document, blockQuote, item, paragraph, thematicBreak
    /// A list; an ordered one begins with a number, a tight one has no paragraphs.
    case list(start: Int?, isTight: Bool)
    /// A heading of a level from 1 to 6, and the id that its writer gives it.
    case heading(level: Int, id: String?)
    /// A block of code, and what stands behind its opening fence.
    case codeBlock(info: String, text: String)
    case htmlBlock(String)

    case softBreak, lineBreak, emphasis, strong
    case text(String)
    case code(String)
    case html(String)
    /// A link; a title may be there and empty.
    case link(address: String, title: String?)
    /// An image; what describes it stands within.
    case image(address: String, title: String?)

    /// An item with a box in front of it.
    case taskItem(isDone: Bool)
    case table, tableHead, tableBody, tableRow
    case tableCell(isHeader: Bool, Alignment?)
    /// The footnotes, at the end of the text.
    case footnotes
    case footnote(id: String)
    case strikethrough
    case formula(MarkdownFormula)
    /// The mark of a footnote; how many marks of it there are with this one.
    case footnoteMark(id: String, number: Int, occurrence: Int)
    /// The ways back from a footnote to its marks.
    case waysBack(id: String, count: Int)
  }

  /// What it is.
  let kind: Kind
  /// The 1-based line on which it begins, or `nil` where the parser does not know.
  let line: Int?
  /// The index behind the last node within it.
  var end: Int

  /// A piece of HTML, as a block or in a line.
  var rawHTML: String? {
    switch kind {
    case .htmlBlock(let text), .html(let text): text
    default: nil
    }
  }

  /// The level of a heading, 1…6.
  var headingLevel: Int? { if case .heading(let level, _) = kind { level } else { nil } }

  /// The target of a link or an image.
  var address: String? {
    switch kind {
    case .link(let address, _), .image(let address, _): address
    default: nil
    }
  }

  /// Whether it is an image.
  var isImage: Bool { if case .image = kind { true } else { false } }
}
