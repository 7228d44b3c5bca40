import Diagnostics
import Files
import Foundation
import TestSupport
import Testing

@testable import Site

@Suite("The writer touches only what has changed")
struct SiteUpdateTests {
  private let folder: TemporaryFolder
  private var output: URL { folder.url.appendingPathComponent("public") }
  private var record: URL { folder.url.appendingPathComponent("record") }

  init() throws {
    folder = try TemporaryFolder()
  }

  @discardableResult
  private func write(_ files: [String: String], recorded: Bool = true) throws -> SiteUpdate.Summary {
    let update = try SiteWriter(output: output.path, shownAs: "public", record: recorded ? record : nil).begin()
    for (path, text) in files { update.add(OutputFile(path: path, text: text, origin: "test")) }
    return try update.commit()
  }

  private func inodes() throws -> [String: Int] {
    try folder.files(in: "public").keys.reduce(into: [:]) { inodes, path in
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("public/" + path))
      inodes[path] = attributes[.systemFileNumber] as? Int
    }
  }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: folder.path(path), encoding: .utf8) }

  @Test("files that have not changed stay the files they are", arguments: [true, false])
  func unchanged(recorded: Bool) throws {
    #expect(
      try write(["a.html": "1", "b/c.html": "2"], recorded: recorded)
        == SiteUpdate.Summary(written: 3, unchanged: 0, removed: 0))
    let before = try inodes()
    let folderBefore = try FileManager.default.attributesOfItem(atPath: output.path)[.systemFileNumber] as? Int
    #expect(
      try write(["a.html": "1", "b/c.html": "2"], recorded: recorded)
        == SiteUpdate.Summary(written: 0, unchanged: 3, removed: 0))
    #expect(try inodes() == before)
    #expect(try FileManager.default.attributesOfItem(atPath: output.path)[.systemFileNumber] as? Int == folderBefore)
    #expect(
      try write(["a.html": "1", "b/c.html": "3", "d.html": "4"], recorded: recorded)
        == SiteUpdate.Summary(written: 2, unchanged: 2, removed: 0))
    let after = try inodes()
    #expect(after["a.html"] == before["a.html"])
    #expect(after["b/c.html"] != before["b/c.html"])
    #expect(try text("public/b/c.html") == "3")
  }

  @Test("a file that somebody changed, removed or added by hand is put right")
  func meddling() throws {
    try write(["a.html": "1", "b.html": "2"])
    try folder.write("x", to: "public/a.html")
    #expect(try write(["a.html": "1", "b.html": "2"]) == SiteUpdate.Summary(written: 1, unchanged: 2, removed: 0))
    #expect(try text("public/a.html") == "1")
    try FileManager.default.removeItem(atPath: folder.path("public/b.html"))
    #expect(try write(["a.html": "1", "b.html": "2"]) == SiteUpdate.Summary(written: 1, unchanged: 2, removed: 0))
    try folder.write("x", to: "public/deep/c.html")
    #expect(try write(["a.html": "1", "b.html": "2"]) == SiteUpdate.Summary(written: 0, unchanged: 3, removed: 1))
    #expect(try folder.files(in: "public").keys.sorted() == [".sitegen", "a.html", "b.html"])
  }

  @Test("a damaged record is no record")
  func damagedRecord() throws {
    try write(["a.html": "1"])
    let before = try inodes()
    var bytes = try Data(contentsOf: record)
    let name = try #require(bytes.range(of: Data("a.html".utf8)))
    bytes.replaceSubrange(name, with: Data("b.html".utf8))
    try bytes.write(to: record)
    #expect(FileRecord(contentsOf: record) == FileRecord())
    #expect(try write(["a.html": "1"]).written == 0)
    #expect(try inodes() == before)
  }

  @Test("files on disk are copied when their version is new")
  func files() throws {
    try folder.write("one", to: "source")
    func write(version: String) throws -> (held: Bool, written: Int) {
      let update = try SiteWriter(output: output.path, shownAs: "public", record: record).begin()
      let source = URL(fileURLWithPath: folder.path("source"))
      let file = OutputFile(path: "copy", contents: .file(source, version: version), origin: "test")
      let held = update.holds(file)
      update.add(file)
      return (held, try update.commit().written)
    }
    #expect(try write(version: "1") == (false, 2))
    #expect(try text("public/copy") == "one")
    // Not even looked at while the version is the same.
    try folder.write("two", to: "source")
    #expect(try write(version: "1") == (true, 0))
    #expect(try write(version: "2") == (false, 1))
    #expect(try text("public/copy") == "two")
  }

  @Test("nothing is seen of an update that is not committed")
  func dropped() throws {
    try write(["a.html": "1"])
    do {
      let update = try SiteWriter(output: output.path, shownAs: "public").begin()
      update.add(OutputFile(path: "a.html", text: "2", origin: "test"))
    }
    #expect(try text("public/a.html") == "1")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == ["public", "record"])
  }

  @Test("files may come from several threads")
  func threads() throws {
    let update = try SiteWriter(output: output.path, shownAs: "public").begin()
    Parallel.forEach(200, jobs: 4) { number in
      update.add(OutputFile(path: "\(number % 7)/\(number)", text: "\(number)", origin: "test"))
    }
    #expect(try update.commit().written == 201)
    #expect(try text("public/3/101") == "101")
  }

  @Test("two files of one path are a fault, told alone")
  func samePath() throws {
    let update = try SiteWriter(output: output.path, shownAs: "public").begin()
    for origin in ["one.md", "two.md"] { update.add(OutputFile(path: "a", text: "", origin: origin)) }
    update.add(OutputFile(path: "a/b", text: "", origin: "three.md"))
    let error = #expect(throws: DiagnosticList.self) { try update.commit() }
    #expect(
      try #require(error).description == """
        error: one.md and two.md would both be written to a. Rename one of them.
        error: two.md would be written to a, which must be a folder for a/b. Rename one of them.
        """)
  }

  @Test("a repository that a killed build left aside comes back")
  func rescue() throws {
    try write(["a.html": "1"])
    try folder.write("ref", to: ".public.staging-999999999/.git/HEAD")
    try write(["a.html": "1"])
    #expect(try text("public/.git/HEAD") == "ref")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == ["public", "record"])
    // A second one is not thrown away.
    try folder.write("other", to: ".public.old-999999999/.git/HEAD")
    try write(["a.html": "1"])
    #expect(try text("public/.git/HEAD") == "ref")
    #expect(try text(".public.old-999999999/.git/HEAD") == "other")
  }

  @Test("two folders change places in one step where the system can do that")
  func exchange() throws {
    try folder.write("1", to: "a/x")
    try folder.write("2", to: "b/x")
    #expect(try PlainFiles.exchange(folder.path("a"), folder.path("b")))
    #expect(try text("a/x") == "2")
    #expect(try text("b/x") == "1")
    let error = #expect(throws: SystemError.self) { try PlainFiles.exchange(folder.path("a"), folder.path("none")) }
    #expect(try #require(error).code == ENOENT)
  }
}

@Suite("Stamps of files")
struct FileStampTests {
  @Test("a stamp tells size, time and file, and only of regular files")
  func stamp() throws {
    let folder = try TemporaryFolder()
    try folder.write("four", to: "a")
    let date = Date(timeIntervalSince1970: 1_700_000_000.5)
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: folder.path("a"))
    let stamp = try #require(FileStamp(of: folder.path("a")))
    #expect(stamp.size == 4)
    #expect(stamp.modified == 1_700_000_000_500_000_000)
    #expect(FileStamp(stamp.description) == stamp)
    #expect(FileStamp(of: folder.path("")) == nil)
    #expect(FileStamp(of: folder.path("none")) == nil)
    try folder.link(folder.url.appendingPathComponent("a"), as: "link")
    #expect(FileStamp(of: folder.path("link")) == stamp)
    #expect(stamp.isFresh(at: 1_700_000_002))
    #expect(!stamp.isFresh(at: 1_700_000_003))
  }

  @Test("what is no stamp is refused", arguments: ["", "1 2", "1 2 x", "1 2 3 4", "1 2 -3"])
  func faults(text: String) {
    #expect(FileStamp(text) == nil)
  }
}
