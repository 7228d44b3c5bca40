import Diagnostics
import TestSupport
import Testing

@testable import Site

/// docs/pages/content.md and docs/pages/model-cards.md tell people what `ContentMapping` has.
@Suite("The reference of content")
struct ContentReferenceTests {
  /// Which document has the keys of which mapping.
  private static let documents: [String: [ContentMapping]] = [
    "docs/pages/content.md": [
      .site, .navigation, .language, .theme, .accent, .fonts, .defaults, .home, .page, .block, .evaluation,
      .methodCards,
    ],
    "docs/pages/model-cards.md": [.card, .input, .source, .furtherInput, .furtherOutput],
  ]

  private static func table(of mapping: ContentMapping) -> String {
    (["| key | example | meaning |", "| --- | --- | --- |"]
      + mapping.keys.all.map { "| `\($0.name)` | \(cell(of: $0.example)) | \($0.meaning.inCell) |" })
      .joined(separator: "\n") + "\n"
  }

  private static func cell(of example: String) -> String { "`\(example.inCell)`" }

  @Test("every mapping has its place")
  func complete() {
    #expect(Set(Self.documents.values.joined()) == Set(ContentMapping.allCases))
  }

  @Test("it is what the program reads", arguments: documents.keys.sorted())
  func isTrue(path: String) throws {
    let mappings = try #require(Self.documents[path])
    let parts = Dictionary(uniqueKeysWithValues: mappings.map { ("keys of \($0)", Self.table(of: $0)) })
    #expect(try Document(path).settled(parts) == parts)
  }

  /// A key of a mapping, for the names of cases.
  struct Case: CustomTestStringConvertible, Sendable {
    let mapping: ContentMapping
    let key: String
    let example: String

    var testDescription: String { "\(mapping): \(key)" }

    static let all = ContentMapping.allCases.flatMap { mapping in
      mapping.keys.all.map { Case(mapping: mapping, key: $0.name, example: $0.example) }
    }
  }

  @Test("each example is fine where the reference has it", arguments: Case.all)
  func examples(of key: Case) throws {
    let site = try SnippetSite()
    try site.place("\(key.key): \(key.example)", in: key.mapping)
    // That nothing lists the tags of a home page is said.
    let warning = key.mapping == .home && key.key == "tags" ? "Nothing lists these tags" : ""
    #expect(warning.isEmpty ? site.faults() == "" : site.faults().contains(warning))
  }

  @Test("each key is read: without a value it is a fault", arguments: Case.all)
  func keys(of key: Case) throws {
    let site = try SnippetSite()
    try site.place("\(key.key): ", in: key.mapping)
    #expect(site.faults().contains("error: “\(key.key)” has no value."))
  }
}

extension String {
  /// The text as a cell of a table can hold it.
  var inCell: String { replacing("|", with: "\\|") }
}
