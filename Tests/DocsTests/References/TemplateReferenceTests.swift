import Foundation
import TestSupport
import Testing

@testable import Site

/// docs/pages/templates.md tells people which templates there are and what they are filled with.
@Suite("The reference of templates")
struct TemplateReferenceTests {
  /// The built-in theme's templates by name.
  private static let templates = Dictionary(
    uniqueKeysWithValues: ThemeFiles().templates.map { ($0.name, $0.file.text) })

  /// The comment with which a template begins.
  private static func summary(of text: String) -> String? {
    text.firstMatch(of: /^\{\{! (.+) \}\}\n/).map { String($0.1) }
  }

  private static func tableOfTemplates() throws -> String {
    let filled = Dictionary(
      uniqueKeysWithValues: TemplateLibrary.required.map { ($0.name, TemplateKind.object($0.object).words) })
    var lines = ["| template | what it is | filled with |", "| --- | --- | --- |"]
    for (name, text) in templates.sorted(by: { $0.key < $1.key }) {
      let summary = try #require(Self.summary(of: text), "\(name).mustache does not begin with a comment")
      lines.append("| `\(name)` | \(summary.inCell) | \(filled[name] ?? "what stands around it") |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: - Views

  /// Every type that a template can come across, from pages down, each once.
  private static var views: [any TemplateView.Type] {
    var found: [any TemplateView.Type] = []
    func visit(_ view: any TemplateView.Type) {
      guard !found.contains(where: { $0 == view }) else { return }
      found.append(view)
      for (_, kind) in view.templateFields.sorted(by: { $0.key < $1.key }) {
        if let inner = kind.view { visit(inner) }
      }
    }
    TemplateLibrary.required.map(\.object).sorted { "\($0)" > "\($1)" }.forEach(visit)
    return found
  }

  private static func tables() throws -> String {
    let source = try ViewSource("Sources/Site/Templates")
    return try views.map { view in
      let name = "\(view)"
      let type = try #require(source.types[name], "\(name) has no comment")
      let rows = try view.templateFields.sorted { $0.key < $1.key }.map { field, kind in
        let words = try #require(source.properties[name]?[field], "\(name).\(field) has no comment")
        return "| `\(field)` | \(kind.words) | \(words.replacing("`nil`", with: "nothing").inCell) |\n"
      }
      return "### \(name)\n\n\(type)\n\n| name | sort | what it is |\n| --- | --- | --- |\n" + rows.joined()
    }.joined(separator: "\n")
  }

  private static func tableOfTransforms() -> String {
    let kinds: [(TemplateKind, String)] = [
      (.text, "a text"), (.number, "a number"), (.list(.text), "a list"), (.position, "the place in a list"),
    ]
    var lines = ["| transform | of | gives |", "| --- | --- | --- |"]
    for transform in TemplateTransform.allCases {
      for (kind, words) in kinds {
        guard let result = transform.kind(for: kind) else { continue }
        let isElement = [.first, .last].contains(transform) && words == "a list"
        let gives = isElement ? "an element" : transform == .reversed ? words : result.words
        lines.append("| `\(transform)` | \(words) | \(gives) |")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test("it is what the program has")
  func isTrue() throws {
    let parts = [
      "templates": try Self.tableOfTemplates(), "views": try Self.tables(), "transforms": Self.tableOfTransforms(),
    ]
    #expect(try Document("docs/pages/templates.md").settled(parts) == parts)
  }
}

extension TemplateKind {
  /// The view that it is or holds.
  fileprivate var view: (any TemplateView.Type)? {
    switch self {
    case .text, .number, .truth, .position: nil
    case .object(let view): view
    case .list(let element): element.view
    }
  }

  /// What it is, in words.
  fileprivate var words: String {
    switch self {
    case .text: "text"
    case .number: "a number"
    case .truth: "yes or no"
    case .position: "a place in a list"
    case .object(let view): "[`\(view)`](#\("\(view)".lowercased()))"
    case .list(let element): "a list: \(element.words)"
    }
  }
}
