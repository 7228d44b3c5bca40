import Foundation
import TestSupport
import Testing

/// A piece of code in a document, between fences or indented.
///
/// The word behind the opening fence says in which language it is, the words behind that where it belongs: `yaml site.yml`,
/// `sh run`. What is only indented is a command line.
struct Snippet: CustomTestStringConvertible, Sendable {
  /// The document, from the package's folder.
  let document: String
  /// The line of the opening fence.
  let line: Int
  /// The words behind it.
  let info: [String]
  /// What stands between the fences.
  let text: String

  var testDescription: String { "\(document):\(line) \(info.joined(separator: " "))" }

  /// The language.
  var language: String { info.first ?? "" }
  /// Where it belongs.
  var place: String { info.dropFirst().joined(separator: " ") }

  /// Every snippet of README.md and of the documents in `docs`.
  static let all: [Snippet] = documents.flatMap { document in
    (try? Document(document).text()).map { snippets(of: $0, in: document) } ?? []
  }

  /// The snippets in a language.
  static func all(in languages: String...) -> [Snippet] { all.filter { languages.contains($0.language) } }

  /// The paths of the documents.
  static let documents: [String] = {
    let paths = FileManager.default.enumerator(atPath: Document.root.appendingPathComponent("docs").path)
    let found = paths?.compactMap { $0 as? String }.filter { $0.hasSuffix(".md") }.map { "docs/\($0)" } ?? []
    return ["README.md"] + found.sorted()
  }()

  static func snippets(of text: String, in document: String) -> [Snippet] {
    var found: [Snippet] = []
    var open: (line: Int, fence: Substring, info: [String])?
    var lines: [Substring] = []
    var isAfterBlank = false
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let fence = line.prefix { $0 == "`" }
      if let begun = open {
        if fence.count >= begun.fence.count, fence.count == line.count {
          found.append(
            Snippet(
              document: document, line: begun.line, info: begun.info, text: lines.map { "\($0)\n" }.joined()))
          open = nil
        } else {
          lines.append(line)
        }
      } else if fence.count >= 3 {
        open = (index + 1, fence, line.dropFirst(fence.count).split(separator: " ").map(String.init))
        lines = []
      } else if line.hasPrefix("    "), isAfterBlank {
        found.append(
          Snippet(document: document, line: index + 1, info: ["sh"], text: "\(line.dropFirst(4))\n"))
        continue
      }
      isAfterBlank = line.isEmpty
    }
    return found
  }
}
