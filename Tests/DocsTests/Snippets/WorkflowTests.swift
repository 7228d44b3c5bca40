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

  @Test("each calls sitegen as its parser understands it", arguments: names)
  func arguments(name: String) throws {
    let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
      .replacing(/\$\{\{ matrix\.part \}\}/, with: "1").replacing("$PARTS", with: "4")
      .replacing(/\$\{\{ matrix\.network \}\}/, with: "tabletop")
    let lines = text.matches(of: /- run: (?:\S*\/)?(sitegen .+)/).map { String($0.1) }
    #expect(!lines.isEmpty)
    for arguments in lines.flatMap(ShellLines.argumentsOfSitegen) {
      do {
        _ = try Sitegen.parseAsRoot(arguments)
      } catch {
        #expect(Sitegen.exitCode(for: error).isSuccess, "\(arguments): \(Sitegen.message(for: error))")
      }
    }
  }
}
