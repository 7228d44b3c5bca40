import Diagnostics
import Foundation

/// In what the page for searching looks words up: a script with an entry for each page.
///
/// A script, for a page that was opened as a file may read no other file. It grows with the number of pages alone: of a page it has
/// title, summary, tags and headings as they are, and of the text's first 1,500 letters each word once that stands in none of
/// these. That is 0.5 to 1 kB a page, at most 1 MB for 1,000 experiments; it is loaded where somebody searches and nowhere else.
struct SearchIndex {
  private let entries: [Entry]

  /// - Parameters:
  ///   - pages: what can be found; among pages that answer as well, the first of them comes first.
  ///   - linker: makes the addresses, as the page for searching writes them.
  init(_ pages: some Sequence<Page>, _ linker: PageLinker) {
    entries = pages.map { Entry($0, linker) }
  }

  /// The script.
  ///
  /// - Throws: a diagnostic where there is a text that JSON cannot have.
  var script: String {
    get throws(Diagnostic) {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .withoutEscapingSlashes
      do {
        // No text can be taken for markup, wherever the script is put.
        let json = String(decoding: try encoder.encode(entries), as: UTF8.self).replacing("<", with: "\\u003c")
        return "globalThis.searchIndex=\(json);\n"
      } catch {
        throw .error("The index for searching cannot be written: \(error).")
      }
    }
  }

  /// A page: its address, title, summary, tags, headings with their ids, and words.
  private struct Entry: Encodable {
    let page: Page
    let url: String
    let headings: [[String]]
    let words: String

    init(_ page: Page, _ linker: PageLinker) {
      self.page = page
      url = linker.link(to: page.outputPath)
      headings = page.body.headings.map { [page.body.tree.plainText(of: $0.node), $0.id] }
      let told = [page.title, page.summary ?? ""] + page.tags + headings.map { $0[0] }
      words = SearchWords(page, without: told).text
    }

    func encode(to encoder: any Encoder) throws {
      var list = encoder.unkeyedContainer()
      try list.encode(url)
      try list.encode(MarkupText.cleaned(page.title))
      try list.encode(MarkupText.cleaned(page.summary ?? ""))
      try list.encode(page.tags.map(MarkupText.cleaned))
      try list.encode(headings.map { $0.map(MarkupText.cleaned) })
      try list.encode(words)
    }
  }
}
