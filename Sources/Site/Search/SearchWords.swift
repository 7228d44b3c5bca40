import Foundation

/// The words of a page's text, each once.
struct SearchWords {
  /// The words with blanks between, as they are written first.
  private(set) var text = ""
  private var known: Set<String> = []
  private var letters = 0

  /// So many letters of a text are looked at.
  static let mostLetters = 1500

  /// - Parameter told: texts whose words need not be there.
  init(_ page: Page, without told: [String]) {
    for text in told { for word in Self.words(of: text) { known.insert(Self.folded(word)) } }
    // What is asked of pictures comes first: it is what the page is about.
    for figure in page.figures {
      if case .named(let classes)? = figure.parts.first?.subjects.classes { classes.forEach { add($0.value) } }
      figure.caption.map { add($0) }
    }
    add(page.body.tree.beginning(ofLetters: Self.mostLetters))
  }

  private mutating func add(_ text: String) {
    for word in Self.words(of: text) {
      guard letters < Self.mostLetters else { return }
      letters += word.count
      // A single letter of an alphabet finds nothing that anybody looks for.
      guard word.utf8.count > 1, known.insert(Self.folded(word)).inserted else { continue }
      self.text += (self.text.isEmpty ? "" : " ") + word
    }
  }

  private static func words(of text: String) -> [Substring] { text.split { !$0.isLetter && !$0.isNumber } }

  private static func folded(_ word: Substring) -> String {
    word.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
  }
}

extension MarkdownTree {
  /// The text without markup, blanks between blocks, about as much as has so many letters.
  fileprivate func beginning(ofLetters count: Int) -> String {
    var text = ""
    for node in nodes where text.utf8.count < 4 * count {
      switch node.kind {
      case .text(let piece), .code(let piece): text += piece
      // What stands within a line parts no words.
      case .emphasis, .strong, .strikethrough, .link, .image, .formula, .footnoteMark, .html: continue
      default: text += " "
      }
    }
    return MarkupText.cleaned(text)
  }
}
