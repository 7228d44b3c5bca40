import ArgumentParser
import Foundation
import SitegenCommands
import TestSupport
import Testing

/// The workflows that people copy.
@Suite("Workflows")
struct WorkflowTests {
  private static let folder = Document.root.appendingPathComponent("deploy/github")
  private static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".yml") }.sorted()

  private static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  @Test("each calls sitegen as its parser understands it", arguments: names)
  func arguments(name: String) throws {
    let text = try Self.text(name)
      .replacing(/\$\{\{ matrix\.part \}\}/, with: "1").replacing("$PARTS", with: "4")
      .replacing(/\$\{\{ matrix\.network \}\}/, with: "tabletop").replacing("$URL", with: "https://example.org/gallery")
    let lines = text.matches(of: /run: (?:\S*\/)?(sitegen .+)/).map { String($0.1) }
    #expect(!lines.isEmpty)
    for arguments in lines.flatMap(ShellLines.argumentsOfSitegen) {
      do {
        _ = try Sitegen.parseAsRoot(arguments)
      } catch {
        #expect(Sitegen.exitCode(for: error).isSuccess, "\(arguments): \(Sitegen.message(for: error))")
      }
    }
  }

  @Test("the one for content alone takes this version")
  func version() throws {
    let tag = try Self.text("pages.yml").firstMatch(of: /\n  TAG: (\S+)\n/)?.1
    #expect(tag.map(String.init) == Sitegen.configuration.version)
  }

  @Test(
    "each is what the schema of workflows says",
    .enabled(if: Checker.schema != nil, "needs check-jsonschema, its path in SITEGEN_CHECK_JSONSCHEMA"),
    arguments: names)
  func schema(name: String) throws {
    let checker = try #require(Checker.schema)
    func check(_ file: String, in folder: URL) throws -> (status: Int32, output: String) {
      try Shell.run("'\(checker)' --builtin-schema vendor.github-workflows '\(file)'", in: folder)
    }
    let run = try check(name, in: Self.folder)
    #expect(run.status == 0, "\(run.output)")
    // It does find what is wrong.
    let folder = try TemporaryFolder()
    try folder.write(try Self.text(name).replacing("runs-on:", with: "run-on:"), to: "wrong.yml")
    #expect(try check("wrong.yml", in: folder.url).status != 0)
  }

  @Test(
    "each has nothing that a linter complains of",
    .enabled(if: Checker.actionlint != nil, "needs actionlint, its path in SITEGEN_ACTIONLINT"), arguments: names)
  func lint(name: String) throws {
    let run = try Shell.run("'\(try #require(Checker.actionlint))' '\(name)'", in: Self.folder)
    #expect(run.status == 0, "\(run.output)")
  }

  @Test(
    "what is to stand in a configuration of nginx is what nginx understands",
    .enabled(if: Checker.nginx != nil, "needs nginx"), arguments: Snippet.all(in: "nginx"))
  func server(snippet: Snippet) throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "error_log stderr; pid \(folder.path("pid")); events {} http { server {\n\(snippet.text)\n} }", to: "nginx.conf")
    let run = try Shell.run("'\(try #require(Checker.nginx))' -t -q -c '\(folder.path("nginx.conf"))'", in: folder.url)
    #expect(run.status == 0, "\(run.output)")
  }
}

/// Programs that others made for this, where they are at hand.
private enum Checker {
  /// `check-jsonschema`, which has the schema of workflows in it.
  static let schema = ProcessInfo.processInfo.environment["SITEGEN_CHECK_JSONSCHEMA"]
  /// `actionlint`, which knows actions by their versions and what expressions may name.
  static let actionlint = ProcessInfo.processInfo.environment["SITEGEN_ACTIONLINT"]
  /// nginx, which reads a configuration without obeying it.
  static let nginx = ["/usr/sbin/nginx", "/usr/bin/nginx"].first(where: FileManager.default.isExecutableFile)
}
