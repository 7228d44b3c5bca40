import Diagnostics
import Files
import Foundation
import Testing

@testable import Site

@Suite("The writer replaces the whole output or nothing")
struct SiteWriterTests {
  private let base: URL
  private var output: URL { base.appendingPathComponent("public") }

  init() throws {
    base = FileManager.default.temporaryDirectory.appendingPathComponent("SiteWriter-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: base, withIntermediateDirectories: true)
  }

  private func write(_ files: [String: String], to url: URL? = nil) throws {
    let update = try SiteWriter(output: (url ?? output).path, shownAs: "public").begin()
    for (path, text) in files { update.add(OutputFile(path: path, text: text, origin: "test")) }
    _ = try update.commit()
  }

  private func faults(of files: [OutputFile]) throws -> String? {
    let update = try SiteWriter(output: output.path, shownAs: "public").begin()
    files.forEach(update.add)
    return #expect(throws: DiagnosticList.self) { try update.commit() }?.description
  }

  /// All files below `url` with their texts; names that begin with `.` too.
  private func tree(_ url: URL) throws -> [String: String] {
    var result: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: url.path) {
      if let data = FileManager.default.contents(atPath: url.appendingPathComponent(path).path) {
        result[path] = String(decoding: data, as: UTF8.self)
      }
    }
    return result
  }

  private func put(_ path: String, _ text: String = "") throws {
    let file = base.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private func names(_ url: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
  }

  @Test("a site is written, then replaced; what is no longer part of it goes")
  func replacing() throws {
    try write(["index.html": "one", "a/b/c.html": "deep"])
    #expect(try tree(output).filter { $0.key != ".sitegen" } == ["index.html": "one", "a/b/c.html": "deep"])
    try write(["index.html": "two"])
    #expect(try names(output) == [".sitegen", "index.html"])
    #expect(try tree(output)["index.html"] == "two")
    #expect(try names(base) == ["public"])
  }

  @Test("the same site twice is the same bytes")
  func deterministic() throws {
    try write(["index.html": "one"])
    let first = try tree(output)
    try FileManager.default.removeItem(at: output)
    try write(["index.html": "one"])
    #expect(try tree(output) == first)
  }

  @Test("missing folders above the output are made")
  func parents() throws {
    try write(["index.html": "one"], to: base.appendingPathComponent("x/y/public"))
    #expect(try tree(base)["x/y/public/index.html"] == "one")
  }

  @Test("what version control keeps in the output stays")
  func kept() throws {
    try put("public/.gitkeep")
    try put("public/.git/HEAD", "ref")
    try write(["index.html": "one"])
    try write(["index.html": "two"])
    #expect(try names(output) == [".git", ".gitkeep", ".sitegen", "index.html"])
    #expect(try tree(output)[".git/HEAD"] == "ref")
  }

  @Test("a folder with other files is never replaced")
  func foreignFolder() throws {
    try put("public/thesis.txt", "work of years")
    let fault = Diagnostic.error(
      "The output folder “public” holds files that sitegen did not write.",
      hint: "Empty it, or name another with --output.")
    #expect(throws: DiagnosticList([fault])) { try write(["index.html": "one"]) }
    #expect(try tree(base) == ["public/thesis.txt": "work of years"])
  }

  @Test("a file in the place of the output is never replaced")
  func fileAsOutput() throws {
    try put("public", "a file")
    let fault = Diagnostic.error("The output “public” is a file, not a folder.", hint: "Name another with --output.")
    #expect(throws: DiagnosticList([fault])) { try write(["index.html": "one"]) }
    #expect(try tree(base) == ["public": "a file"])
  }

  @Test("a link to a folder stays a link, and the folder is replaced")
  func linkedOutput() throws {
    try FileManager.default.createDirectory(at: base.appendingPathComponent("real"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      at: output, withDestinationURL: base.appendingPathComponent("real"))
    try write(["index.html": "one"])
    try write(["index.html": "two"])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: output.path).hasSuffix("real"))
    #expect(try tree(base.appendingPathComponent("real"))["index.html"] == "two")
    #expect(try names(base) == ["public", "real"])
  }

  @Test("a failure halfway leaves the old site and nothing else")
  func failure() throws {
    try write(["index.html": "old"])
    let disk = Disk { call throws(SystemError) in
      if case .create(let path) = call, path.hasSuffix("/site/b") { throw SystemError(code: EACCES) }
    }
    let update = try SiteWriter(output: output.path, shownAs: "public", disk: disk).begin()
    for path in ["index.html", "b"] { update.add(OutputFile(path: path, text: "new", origin: "test")) }
    let fault = Diagnostic.error("Cannot write public/b: Permission denied.")
    #expect(throws: DiagnosticList([fault])) { try update.commit() }
    withExtendedLifetime(update) {}
    #expect(try tree(output)["index.html"] == "old")
  }

  @Test("an output where no folder can be made is a fault")
  func impossibleParent() throws {
    try put("file", "x")
    let fault = Diagnostic.error("The output folder “public” cannot be written to: Not a directory.")
    #expect(throws: DiagnosticList([fault])) {
      try write(["index.html": "new"], to: base.appendingPathComponent("file/public"))
    }
  }

  @Test(
    "where nothing can be made is known before anything is written",
    .enabled(if: getuid() != 0, "root may write everywhere"))
  func readOnlyParent() throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: base.path)
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: base.path) }
    let fault = Diagnostic.error("The output folder “public” cannot be written to: Permission denied.")
    #expect(throws: DiagnosticList([fault])) { try SiteWriter(output: output.path, shownAs: "public").begin() }
  }

  @Test(
    "a folder that can be written to, in one that cannot, is written file by file",
    .enabled(if: getuid() != 0, "root may write everywhere"))
  func closedParent() throws {
    try write(["index.html": "old"])
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: base.path)
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: base.path) }
    try write(["index.html": "new"])
    #expect(try tree(output)["index.html"] == "new")
    #expect(try names(output) == [".sitegen", "index.html"])
  }

  @Test("--atomic replaces in one step or not at all")
  func atomic() throws {
    try write(["index.html": "old"])
    func update(_ disk: Disk) throws -> SiteUpdate {
      let update = try SiteWriter(output: output.path, shownAs: "public", isAtomic: true, disk: disk).begin()
      update.add(OutputFile(path: "index.html", text: "new", origin: "test"))
      return update
    }
    let hint = "Build without --atomic: files are replaced one by one then."
    let mount = Diagnostic.error(
      "The output folder “public” cannot be replaced in one step: it is a mount point, or the folder around it cannot be written to.",
      hint: hint)
    #expect(throws: DiagnosticList([mount])) { try update(FailingDisk(hasPlaceBeside: false).disk) }
    let layer = Diagnostic.error(
      "The output folder “public” cannot be replaced in one step: \(SystemError(code: EXDEV)).", hint: hint)
    #expect(throws: DiagnosticList([layer])) { try update(FailingDisk(hasExchange: false).disk).commit() }
    #expect(try tree(output)["index.html"] == "old")
    _ = try update(Disk()).commit()
    #expect(try tree(output)["index.html"] == "new")
  }

  @Test("two files at one path are a fault that names both, on file systems that ignore case too")
  func samePath() throws {
    let files = [
      OutputFile(path: "a.html", text: "", origin: "content/pages/a.md"),
      OutputFile(path: "A.html", text: "", origin: "content/static/A.html"),
    ]
    #expect(
      try faults(of: files)
        == "error: content/pages/a.md and content/static/A.html would both be written to A.html. Rename one of them.")
  }

  @Test("a file in the place of a folder is a fault")
  func fileAsFolder() throws {
    let files = [
      OutputFile(path: "a/b/c", text: "", origin: "one"), OutputFile(path: "a", text: "", origin: "two"),
    ]
    #expect(
      try faults(of: files)
        == "error: two would be written to a, which must be a folder for a/b/c. Rename one of them.")
  }

  @Test(
    "paths stay inside",
    arguments: ["", "/a", "../a", "a/../b", "a//b", "a/", "./a", "a\0b"])
  func outside(path: String) throws {
    #expect(
      try faults(of: [OutputFile(path: path, text: "", origin: "one")])
        == "error: “\(path.replacing("\0", with: "\\u{0}"))” from one is not a path inside the output folder.")
  }

  @Test(
    "no page takes the place of the program's own files",
    arguments: [".sitegen", ".Sitegen", ".sitegen-lock", ".sitegen-new-0123456789abcdef"])
  func reserved(path: String) throws {
    #expect(
      try faults(of: [OutputFile(path: path, text: "", origin: "one")])
        == "error: one would be written to \(path), which is sitegen’s own file. Rename it.")
  }
}
