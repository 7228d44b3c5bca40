import Diagnostics
import Foundation
import Testing

@testable import Site

@Suite("Text files come in many shapes")
struct SourceFileTests {
  @Test(
    "line endings and byte order marks make no difference",
    arguments: [
      Array("a\nb\n".utf8), Array("a\r\nb\r\n".utf8), Array("a\rb\r".utf8), [0xEF, 0xBB, 0xBF] + Array("a\nb\n".utf8),
    ])
  func shapes(bytes: [UInt8]) throws {
    #expect(try SourceFile.decode(bytes, name: "a.md") == "a\nb\n")
  }

  private static let broken: [(bytes: [UInt8], line: Int)] = [
    ([0x61, 0x0A, 0x62, 0xFF], 2), ([0xC3, 0x28], 1), ([0xC3, 0xA9, 0x0A, 0x0A, 0xED, 0xA0, 0x80], 3),
    ([0x61, 0x0A, 0xF0, 0x9F, 0x98], 2),
  ]

  @Test("text that is not UTF-8 is refused with its line", arguments: broken)
  func invalid(bytes: [UInt8], line: Int) {
    #expect(
      throws: Diagnostic.error(
        "The text is not valid UTF-8.", at: SourceLocation(file: "a.md", line: line),
        hint: "Save the file in UTF-8.")
    ) { try SourceFile.decode(bytes, name: "a.md") }
  }

  @Test("a folder in the place of a file is a fault")
  func folder() {
    #expect(
      throws: Diagnostic.error("The file cannot be read: it is not a regular file.", at: SourceLocation(file: "tmp"))
    ) {
      try SourceFile.read(FileManager.default.temporaryDirectory, name: "tmp")
    }
  }

  @Test(
    "a control character is refused with its place, but for tabs, line breaks and page breaks",
    arguments: [(0, "U+0000"), (0x07, "U+0007"), (0x1B, "U+001B"), (0x7F, "U+007F")] as [(UInt8, String)])
  func control(byte: UInt8, name: String) throws {
    #expect(
      throws: Diagnostic.error(
        "The text holds the control character \(name).", at: SourceLocation(file: "a.md", line: 2, column: 3),
        hint: "Remove it: no web page may have it.")
    ) { try SourceFile.decode(Array("a\néb".utf8) + [byte], name: "a.md") }
    #expect(try SourceFile.decode(Array("a\tb\u{C}c\n".utf8), name: "a.md") == "a\tb\u{C}c\n")
  }

  @Test("front matter between +++ is called TOML")
  func toml() {
    #expect(
      throws: Diagnostic.error(
        "This front matter is TOML.", at: SourceLocation(file: "a.md", line: 1),
        hint: "Write it as YAML, lines of `key: value` between lines `---`.")
    ) { try FrontMatter(of: SourceFile(name: "a.md", text: "+++\ntitle = \"A\"\n+++\nText\n")) }
  }

  @Test("front matter is cut off and the body keeps its lines")
  func frontMatter() throws {
    let matter = try FrontMatter(of: SourceFile(name: "a.md", text: "---\ntitle: A\n--- \nBody\n"))
    #expect(matter.yaml == "title: A")
    #expect(matter.origin == TextOrigin(file: "a.md", firstLine: 2))
    #expect(matter.body.text == "\n\n\nBody\n")
  }

  @Test("a file without front matter is all body", arguments: ["", "Body\n", " ---\na: 1\n---\n", "----\n"])
  func noFrontMatter(text: String) throws {
    let matter = try FrontMatter(of: SourceFile(name: "a.md", text: text))
    #expect(matter.yaml == "")
    #expect(matter.body.text == text)
  }

  @Test("front matter without end is a fault")
  func unterminated() {
    #expect(
      throws: Diagnostic.error(
        "The front matter has no end.", at: SourceLocation(file: "a.md", line: 1), hint: "Close it with a line `---`.")
    ) { try FrontMatter(of: SourceFile(name: "a.md", text: "---\ntitle: A\n")) }
  }
}
