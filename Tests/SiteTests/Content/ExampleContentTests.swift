import Diagnostics
import Foundation
import Site
import Testing

/// content/ is the example that people copy, so it shows the whole format.
@Suite("The project's own content shows every key")
struct ExampleContentTests {
  private static let content = URL(fileURLWithPath: #filePath)
    .appendingPathComponent("../../../../content").standardizedFileURL

  /// The keys that the reader of `owner` takes: it tells them when it meets one that is like none of them.
  private func keys(of owner: String, _ changes: [String: String]) throws -> [String] {
    let faults = try ContentFixture(changes).load(drafts: true).faults
    let message = try #require(faults.firstRange(of: "“qqqqqqqqqqqqqqqq” is not a key of \(owner). Its keys are: "))
    return faults[message.upperBound...].prefix { $0 != "\n" && $0 != "." }.components(separatedBy: ", ")
  }

  /// The text of all files of content/ with an extension, in which a key may also stand in a comment.
  private func text(in folder: String = "", _ pathExtension: String) throws -> String {
    try FileManager.default.contentsOfDirectory(atPath: Self.content.appendingPathComponent(folder).path)
      .filter { $0.hasSuffix(pathExtension) }
      .map { try String(contentsOf: Self.content.appendingPathComponent(folder + "/" + $0), encoding: .utf8) }
      .joined(separator: "\n")
  }

  /// The lines between the fences of front matter, or of explain blocks.
  private func yaml(of text: String, openedBy opening: String, closedBy closing: String) -> String {
    var isInside = false
    return text.components(separatedBy: "\n").filter { line in
      if isInside, line == closing {
        isInside = false
      } else if line == opening {
        isInside = true
      } else {
        return isInside
      }
      return false
    }.joined(separator: "\n")
  }

  /// The keys that do not stand in `yaml`: at the beginning of a line or of an entry in braces.
  private func missing(_ keys: [String], in yaml: String) -> [String] {
    keys.filter { key in
      yaml.range(of: "(^|[{,\n])[ #-]*\(key):( |\n|$)", options: .regularExpression) == nil
    }
  }

  private let probe = "qqqqqqqqqqqqqqqq: 1"

  @Test("site.yml")
  func site() throws {
    let text = try text("site.yml")
    #expect(missing(try keys(of: "site.yml", ["site.yml": "title: S\n\(probe)\n"]), in: text) == [])
    let entry = "title: S\nnavigation: [{title: A, link: index.md, \(probe)}]\n"
    #expect(missing(try keys(of: "a navigation entry", ["site.yml": entry]), in: text) == [])
  }

  @Test("pages, explain blocks and defaults")
  func pages() throws {
    let text = try text("index.md") + "\n" + text(in: "experiments", ".md") + "\n" + text(in: "pages", ".md")
    let frontMatter = yaml(of: text, openedBy: "---", closedBy: "---")
    let blocks = yaml(of: text, openedBy: "```explain", closedBy: "```")
    let page = try keys(of: "a page's front matter", ["pages/a.md": "---\ntitle: A\n\(probe)\n---\n"])
    let block = try keys(of: "an explain block", ["pages/a.md": "---\ntitle: A\n---\n```explain\n\(probe)\n```\n"])
    // What a block says can be said by a page, a card or the site too: once is enough.
    #expect(missing(page.filter { !block.contains($0) }, in: frontMatter) == [])
    #expect(missing(block, in: frontMatter + "\n" + blocks + "\n" + (try self.text("site.yml"))) == [])
  }

  @Test("model cards")
  func cards() throws {
    let cards = yaml(of: try text(in: "models", ".md"), openedBy: "---", closedBy: "---")
    let file = "---\ntitle: Net\nfile: net/model.onnx\n"
    let settings = try keys(of: "an explain block", ["pages/a.md": "---\ntitle: A\n---\n```explain\n\(probe)\n```\n"])
    let card = try keys(of: "a model card", ["models/net.md": file + "input: {size: 1}\n\(probe)\n---\n"])
    #expect(missing(card.filter { !settings.contains($0) }, in: cards) == [])
    let input = try keys(of: "“input”", ["models/net.md": file + "input: {size: 1, \(probe)}\n---\n"])
    #expect(missing(input, in: cards) == [])
    let address = "source: {url: https://example.org/a, sha256: 12, \(probe)}\ninput: {size: 1}\n---\n"
    #expect(missing(try keys(of: "“source”", ["models/net.md": file + address]), in: cards) == [])
  }
}
