import Diagnostics
import Files
import Foundation
import TestSupport
import Testing

@testable import Gallery

@Suite("New files stand in nobody’s way")
struct NewFilesTests {
  @Test("one that is taken keeps all from being written, and each is named")
  func taken() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "a/1")
    try folder.link(URL(fileURLWithPath: "/nowhere"), as: "link")
    var files = NewFiles()
    for name in ["a/1", "b/2", "link"] { files.add(folder.path(name), text: "new") }
    #expect(
      throws: DiagnosticList(
        ["a/1", "link"].map {
          .error("“\(folder.path($0))” is there already.", hint: "Choose another name, or move it away.")
        })
    ) { try files.write() }
    #expect(!FileManager.default.fileExists(atPath: folder.path("b")))
  }

  @Test("where one cannot be written, none of them stays, nor any folder", arguments: 1...3)
  func undone(failing: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "a/0")
    let calls = Guarded(0)
    let disk = Disk { call throws(SystemError) in
      guard case .create = call else { return }
      let call = calls.withLock { count in
        count += 1
        return count
      }
      if call == failing { throw SystemError(code: ENOSPC) }
    }
    var files = NewFiles()
    for name in ["a/1", "b/c/2", "b/3"] { files.add(folder.path(name), text: "new") }
    #expect(throws: DiagnosticList.self) { try files.write(disk) }
    #expect(try folder.files(in: "").keys.sorted() == ["a/0"])
    #expect(!FileManager.default.fileExists(atPath: folder.path("b")))
    #expect(try files.write() == ["a/1", "b/c/2", "b/3"].map(folder.path))
  }
}

@Suite("Names of what is new")
struct NewNameTests {
  private static let cases: [(name: String, slug: String, title: String)] = [
    ("cat-or-dog", "cat-or-dog", "Cat or dog"), ("Cat or dog?", "cat-or-dog", "Cat or dog?"),
    ("ResNet-50", "resnet-50", "ResNet 50"), ("50 cats", "50-cats", "\"50 cats\""),
    ("a: \"b\"", "a-b", "\"A: \\\"b\\\"\""), ("True", "true", "\"True\""), ("über uns", "uber-uns", "\"Über uns\""),
    ("../../x", "x", "\"../../x\""),
  ]

  @Test("a slug is fit for an address, a title for YAML", arguments: cases)
  func names(name: String, slug: String, title: String) throws {
    let new = try NewName(name)
    #expect(new.slug == slug)
    #expect(new.title == title)
  }

  @Test("a name of which nothing is left is none")
  func none() {
    #expect(
      throws: Diagnostic.error(
        "“…/..” cannot be the name of a file.",
        hint: "Use letters from a to z and digits; the title can be anything later.")
    ) { try NewName("…/..") }
  }
}
