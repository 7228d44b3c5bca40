import Diagnostics
import Files
import Foundation
import TestSupport
import Testing

@Suite("A folder that is written lies apart from all that is read")
struct PlacementTests {
  private let folder: TemporaryFolder

  /// A project in the folder `site`, which is the current one; `work` is a link to it, `pages` one to its content.
  init() throws {
    folder = try TemporaryFolder()
    for name in ["site/content/pages", "site/Templates", "site/.sitegen/store", "site/x", "other/Ü"] {
      try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
    }
    try folder.link(folder.url.appendingPathComponent("site"), as: "work")
    try folder.link(folder.url.appendingPathComponent("site/content"), as: "site/text")
    try folder.link(URL(fileURLWithPath: folder.path("site/none")), as: "site/dangling")
    try FileManager.default.createSymbolicLink(atPath: folder.path("site/up"), withDestinationPath: "../site/x/..")
    for (name, target) in [("a", "b"), ("b", "a")] {
      try FileManager.default.createSymbolicLink(atPath: folder.path("site/" + name), withDestinationPath: target)
    }
  }

  private func check(_ output: String, guarded: [Placement.Guarded]? = nil) -> String {
    let folders =
      guarded ?? [
        Placement.Guarded("content folder", "content"), Placement.Guarded("templates folder", "Templates"),
        Placement.Guarded("store", ".sitegen/store"),
      ]
    do throws(Diagnostic) {
      try Placement(apartFrom: folders, currentFolder: folder.path("site")).check(
        output, role: "output folder", option: "--output")
      return ""
    } catch {
      return error.description.replacing(folder.url.path, with: "TOP")
    }
  }

  private func fault(_ summary: String) -> String { "error: \(summary) Name another with --output." }

  @Test(
    "a folder in the way is refused",
    arguments: [
      ("", "The name of the output folder is empty."),
      ("a\0b", "The name of the output folder holds a zero byte."),
      ("/", "The output folder “/” is the root of the file system."),
      ("/..", "The output folder “/..” is the root of the file system."),
      (".", "The output folder “.” is the current folder."), ("./", "The output folder “./” is the current folder."),
      ("x/..", "The output folder “x/..” is the current folder."),
      ("none/..", "The output folder “none/..” is the current folder."),
      ("../work", "The output folder “../work” is the current folder."),
      ("../SITE", "The output folder “../SITE” is the current folder."),
      ("up", "The output folder “up” is the current folder."),
      ("..", "The output folder “..” contains the content folder “content”."),
      ("content", "The output folder “content” is the content folder “content”."),
      ("text", "The output folder “text” is the content folder “content”."),
      ("CONTENT/", "The output folder “CONTENT/” is the content folder “content”."),
      (
        "content/\u{301}public", "The output folder “content/\u{301}public” lies in the content folder “content”."
      ),
      ("content/public", "The output folder “content/public” lies in the content folder “content”."),
      ("text/pages/new", "The output folder “text/pages/new” lies in the content folder “content”."),
      ("templates/x", "The output folder “templates/x” lies in the templates folder “Templates”."),
      (".sitegen", "The output folder “.sitegen” contains the store “.sitegen/store”."),
      (".sitegen/store", "The output folder “.sitegen/store” is the store “.sitegen/store”."),
      (".sitegen/store/new", "The output folder “.sitegen/store/new” lies in the store “.sitegen/store”."),
    ])
  func refused(output: String, message: String) {
    #expect(check(output) == fault(message))
  }

  @Test(
    "any other folder will do, whether it is there or not",
    arguments: [
      "public", "x", "x/deep/er", "../other", "../other/site", "dangling", "content2", ".sitegen/site", "a/x",
    ])
  func allowed(output: String) {
    #expect(check(output) == "")
  }

  @Test("the forms of Unicode do not count")
  func unicode() {
    let guarded = [Placement.Guarded("content folder", "../other/\u{DC}")]
    #expect(
      check("../other/U\u{308}/x", guarded: guarded)
        == fault("The output folder “../other/U\u{308}/x” lies in the content folder “../other/\u{DC}”."))
    #expect(
      check("../other/u\u{308}", guarded: guarded)
        == fault("The output folder “../other/u\u{308}” is the content folder “../other/\u{DC}”."))
    #expect(check("../other/u", guarded: guarded) == "")
  }

  @Test("the folder that a command runs in is never part of the output")
  func current() {
    #expect(check("..", guarded: []) == fault("The output folder “..” contains the current folder."))
  }

  @Test("a folder that does not exist yet is guarded by its name")
  func missing() {
    let guarded = [Placement.Guarded("templates folder", "new/templates")]
    #expect(
      check("NEW", guarded: guarded)
        == fault("The output folder “NEW” contains the templates folder “new/templates”."))
  }

  @Test("links are followed before .. is, as the system does")
  func physical() {
    // other/Ü/.. is other, and not the folder that the link lies in.
    #expect(PhysicalPath("work/x/..", from: folder.path("")).path == folder.path("site"))
    #expect(PhysicalPath("text/..", from: folder.path("site")).path == folder.path("site"))
    #expect(PhysicalPath("dangling/y", from: folder.path("site")).path == folder.path("site/none/y"))
  }
}
