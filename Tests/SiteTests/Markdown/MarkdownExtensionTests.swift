import Foundation
import TestSupport
import Testing

@testable import Site

/// The references are the examples of the GFM specification and of cmark-gfm's own tests, and cmark-gfm's program where it is installed.
@Suite("What people expect of Markdown is GitHub's")
struct MarkdownExtensionTests {
  struct Example: Decodable, CustomTestStringConvertible {
    let source: String
    let number: Int
    let section: String
    let markdown: String
    let html: String
    var testDescription: String { "\(source), \(section) \(number)" }
  }

  private static let examples: [Example] = {
    let file = ReferenceData.url("markdown/gfm-extensions.json")
    let all = (try? JSONDecoder().decode([Example].self, from: Data(contentsOf: file))) ?? []
    // Which HTML may stand in a page is decided otherwise here; marks of footnotes are named as a later version does it; one has no answer.
    return all.filter {
      !$0.section.contains("HTML") && $0.section != "Footnotes" && !$0.html.hasPrefix("<IGNORE>")
        || $0.section == "Embedded HTML"
    }
  }()

  @Test("examples", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"), arguments: examples)
  func example(_ example: Example) {
    #expect(MarkdownTree(parsing: example.markdown).html(allowsRawHTML: true) == Self.styled(example.html))
  }

  /// HTML has no `align` any more.
  private static func styled(_ html: String) -> String {
    html.replacing(#/ align="(\w+)"/#) { " style=\"text-align: \($0.output.1)\"" }
  }

  @Test("there are examples", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
  func count() { #expect(Self.examples.count == 46) }

  // MARK: - The program

  static let program = "/usr/bin/cmark-gfm"

  private static func reference(_ markdown: String, _ folder: borrowing TemporaryFolder) throws -> String {
    let file = folder.url.appending(path: "a.md")
    try Data(markdown.utf8).write(to: file)
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments =
      ["table", "strikethrough", "autolink", "tasklist", "footnotes"].flatMap { ["-e", $0] }
      + ["--unsafe", "--table-prefer-style-attributes", file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self)
  }

  /// Pieces of lines, and lines that begin something.
  private static let words = [
    "a", "b c", " ", " ", "|", "|", "~~", "~", "\\~", "*d*", "`e`", "`|`", "[^1]", "[^b]", "[^x]", "é", ".", ",",
    ")",
    "www.a.org", "http://b.c/d_e_f", "https://g.h/i?j=k&l", "m@n.op", "q@r", "www.s", "ftp://t.u", "!", "x",
    "&amp;", "**v**",
  ]
  private static let openings = [
    "", "", "", "", "", "| ", "| ", "| a | b |\n|---|:-:|\n", "a | b\n:-- | --\n", "| a |\n|-:|\n", "- ", "- [ ] ",
    "* [x] ",
    "1. [X] ", "> ", "> | a | b |\n> |---|---|\n> c |", "- | a | b |\n  |---|---|\n  ", "# ", "\n", "\n", "\n[^1]: ",
    "\n[^b]: ", "\n    ",
    "```\n| a |\n|---|\n```\n", "***\n",
  ]

  @Test("texts made of anything", .enabled(if: FileManager.default.fileExists(atPath: program)), arguments: 0..<4)
  func anything(seed: Int) throws {
    let folder = try TemporaryFolder()
    var generator = SplitMix(state: UInt64(seed))
    var differing: [String] = []
    for _ in 0..<400 {
      let markdown =
        (0..<Int.random(in: 1...5, using: &generator)).map { _ in
          let opening = Self.openings.randomElement(using: &generator) ?? ""
          // Which footnotes are used by footnotes alone is decided otherwise here: those that nobody can come to are left out.
          let words =
            opening.contains("[^") || opening.contains("    ") ? Self.words.filter { !$0.hasPrefix("[^") } : Self.words
          let line = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
            words.randomElement(using: &generator) ?? ""
          }
          // Two tables in what is one paragraph to libcmark are one table here.
          let isEnd =
            opening.contains("[^") || opening.contains("    ") || opening.contains("---|") && !opening.hasPrefix("|")
          // Blanks at the end of a line are gone when it is looked at here, and a row has a cell.
          let text = line.joined()
          let end = text.last.map { " |".contains($0) } ?? true ? "y" : ""
          return opening + text + end + (isEnd ? "\n" : "")
        }.joined(separator: "\n") + "\n"
      let expected = try Self.reference(markdown, folder)
      let html = MarkdownTree(parsing: markdown).html(allowsRawHTML: true)
      if html != expected { differing.append("\(markdown.debugDescription)\n\(html)\n--- not\n\(expected)") }
    }
    #expect(differing.isEmpty, "\(differing.count) of 400: \(differing.prefix(6).joined(separator: "\n\n"))")
  }
}
