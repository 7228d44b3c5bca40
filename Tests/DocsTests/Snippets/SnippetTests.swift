import ArgumentParser
import Foundation
import SitegenCommands
import TestSupport
import Testing

@testable import Site

/// What stands in README.md and in `docs` between fences is tried, each sort in its way.
@Suite("Snippets of documents")
struct SnippetTests {
  /// The languages, and where pieces of each may belong; `nil` where anything may be named.
  private static let languages: [String: [String]?] = [
    "explain": [""], "markdown": nil, "yaml": nil, "mustache": nil, "css": nil, "sh": ["", "run"], "swift": [""],
    "python": [""],
    // What programs print, and trees of folders.
    "text": [""],
    // Tried in `WorkflowTests`.
    "nginx": [""],
  ]

  /// Pieces of YAML that are no whole file, by what is written behind `yaml`.
  private static let mappings: [String: ContentMapping] = Dictionary(
    uniqueKeysWithValues: ContentMapping.allCases.map { ("\($0)", $0) })

  @Test("every snippet is of a sort that is tried")
  func sorts() {
    #expect(Snippet.all.count > 30)
    for snippet in Snippet.all {
      guard let places = Self.languages[snippet.language] else {
        Issue.record("\(snippet.testDescription): nothing tries this language")
        continue
      }
      if let places { #expect(places.contains(snippet.place), "\(snippet.testDescription): nothing tries this") }
    }
  }

  @Test("YAML is content without a fault", arguments: Snippet.all(in: "yaml"))
  func yaml(snippet: Snippet) throws {
    let site = try SnippetSite()
    if let mapping = Self.mappings[snippet.place] {
      try site.place(snippet.text, in: mapping)
    } else {
      try #require(snippet.place.hasSuffix(".yml"), "say what it is: yaml site.yml, or yaml and a mapping’s name")
      try site.write(snippet.text, to: "content/\(snippet.place)")
    }
    #expect(site.faults() == "")
  }

  @Test("Markdown is content without a fault", arguments: Snippet.all(in: "markdown"))
  func markdown(snippet: Snippet) throws {
    let site = try SnippetSite()
    let path = snippet.place.isEmpty ? "pages/snippet.md" : snippet.place
    try site.write(
      snippet.text.hasPrefix("---\n") ? snippet.text : "---\ntitle: Snippet\n---\n\(snippet.text)",
      to: "content/\(path)")
    #expect(site.faults() == "")
  }

  @Test("templates and styles take the theme’s place without a fault", arguments: Snippet.all(in: "mustache", "css"))
  func theme(snippet: Snippet) throws {
    let site = try SnippetSite()
    try #require(!snippet.place.isEmpty, "say which file it is")
    try site.write(snippet.text, to: "templates/\(snippet.place)")
    #expect(site.faults() == "")
  }

  @Test("command lines are what shell and parser understand", arguments: Snippet.all(in: "sh"))
  func commands(snippet: Snippet) throws {
    let shell = try Shell.run("bash -n", input: snippet.text)
    #expect(shell.status == 0, "\(shell.output)")
    for arguments in ShellLines.argumentsOfSitegen(in: snippet.text) {
      do {
        _ = try Sitegen.parseAsRoot(arguments)
      } catch {
        #expect(Sitegen.exitCode(for: error).isSuccess, "\(arguments): \(Sitegen.message(for: error))")
      }
    }
  }

  /// What is to be run, by document.
  private static let scripts = Dictionary(
    grouping: Snippet.all(in: "sh").filter { $0.place == "run" }, by: \.document)

  @Test("what a page says to run runs", arguments: scripts.keys.sorted())
  func runs(document: String) throws {
    let script = (Self.scripts[document] ?? []).map(\.text).joined()
    let run = try TemporaryFolder.with { folder in
      try Shell.run("bash -e", input: script, in: folder, pathPrefix: Shell.programs)
    }
    #expect(run.status == 0, "\(run.output)")
  }

  @Test("Python is Python", .enabled(if: Shell.hasPython), arguments: Snippet.all(in: "python"))
  func python(snippet: Snippet) throws {
    let run = try Shell.run("python3 -c 'import ast, sys; ast.parse(sys.stdin.read())'", input: snippet.text)
    #expect(run.status == 0, "\(run.output)")
  }

  @Test("Swift compiles", arguments: Snippet.all(in: "swift"))
  func swift(snippet: Snippet) throws {
    try TemporaryFolder.with { folder in
      try Data(snippet.text.utf8).write(to: folder.appendingPathComponent("main.swift"))
      let run = try Shell.run("swiftc -typecheck \(Shell.modules) main.swift", in: folder)
      #expect(run.status == 0, "\(run.output)")
    }
  }
}
