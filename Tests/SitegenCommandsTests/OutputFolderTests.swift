import Foundation
import TestSupport
import Testing

@Suite("Where a site may be written")
struct OutputFolderTests {
  private let folder: TemporaryFolder

  /// A project in `site`, and another one beside it that no build of ours wrote.
  init() throws {
    folder = try TemporaryFolder()
    for site in ["site", "other"] {
      try folder.write("title: Site\n", to: "\(site)/content/site.yml")
      try folder.write("---\ntitle: Page\n---\nWords.\n", to: "\(site)/content/pages/page.md")
      try folder.write("work of years", to: "\(site)/thesis.txt")
      // The store's folder has the name of the marker.
      try folder.write("mine", to: "\(site)/.sitegen/note")
      try folder.link(Program.templates, as: "\(site)/templates")
    }
  }

  /// Everything in both projects, with links not followed.
  private func everything() throws -> [String: String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.url.path).reduce(into: [:]) { all, path in
      let data = FileManager.default.contents(atPath: folder.path(path))
      all[path] = data.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
  }

  @Test(
    "a mistyped --output deletes nothing, and nothing is created",
    arguments: [
      (".", "The output folder “.” is the current folder. Name another with --output."),
      ("./", "The output folder “./” is the current folder. Name another with --output."),
      ("x/..", "The output folder “x/..” is the current folder. Name another with --output."),
      ("", "The name of the output folder is empty. Name another with --output."),
      ("..", "The output folder “..” contains the content folder “content”. Name another with --output."),
      ("content", "The output folder “content” is the content folder “content”. Name another with --output."),
      (
        "content/new",
        "The output folder “content/new” lies in the content folder “content”. Name another with --output."
      ),
      (
        ".sitegen", "The output folder “.sitegen” contains the store “.sitegen/store”. Name another with --output."
      ),
      (
        "../other",
        "The output folder “../other” holds files that sitegen did not write. Empty it, or name another with --output."
      ),
    ])
  func mistyped(output: String, message: String) throws {
    let before = try everything()
    let outcome = try Program.run(["build", "--output", output], in: folder.url.appendingPathComponent("site"))
    #expect(outcome.status == 1)
    #expect(outcome.errors == "error: \(message)\n")
    #expect(try everything() == before)
  }

  @Test("a page in a folder that cannot be listed does not vanish from the site")
  func unlistable() throws {
    let site = folder.url.appendingPathComponent("site")
    #expect(try Program.run(["build"], in: site).status == 0)
    let before = try folder.files(in: "site/public")
    // Longer than the system takes, for root too: a path of two deep folders, one moved into the other.
    let half = Array(repeating: String(repeating: "d", count: 200), count: 11).joined(separator: "/")
    for name in ["site/content/static", "rest"] { try folder.write("x", to: "\(name)/\(half)/file") }
    #expect(rename(folder.path("rest"), folder.path("site/content/static/\(half)/rest")) == 0)
    defer { rename(folder.path("site/content/static/\(half)/rest"), folder.path("rest")) }
    for arguments in [["build"], ["check"], ["store", "prune"]] {
      let outcome = try Program.run(arguments, in: site)
      #expect(outcome.status == 1, "\(arguments)")
      #expect(outcome.errors.contains("error: The folder cannot be read: File name too long.\n"), "\(outcome.errors)")
    }
    #expect(try folder.files(in: "site/public") == before)
  }
}
