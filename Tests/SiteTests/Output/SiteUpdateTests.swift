import Diagnostics
import Files
import Foundation
import Synchronization
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
        == SiteUpdate.Summary(written: 2, unchanged: 0, removed: 0))
    let before = try inodes()
    let folderBefore = try FileManager.default.attributesOfItem(atPath: output.path)[.systemFileNumber] as? Int
    #expect(
      try write(["a.html": "1", "b/c.html": "2"], recorded: recorded)
        == SiteUpdate.Summary(written: 0, unchanged: 2, removed: 0))
    #expect(try inodes() == before)
    #expect(try FileManager.default.attributesOfItem(atPath: output.path)[.systemFileNumber] as? Int == folderBefore)
    #expect(
      try write(["a.html": "1", "b/c.html": "3", "d.html": "4"], recorded: recorded)
        == SiteUpdate.Summary(written: 2, unchanged: 1, removed: 0))
    let after = try inodes()
    #expect(after["a.html"] == before["a.html"])
    #expect(after["b/c.html"] != before["b/c.html"])
    #expect(try text("public/b/c.html") == "3")
  }

  @Test("a file of the site that somebody changed or removed by hand is put right, one that was added stays")
  func meddling() throws {
    try write(["a.html": "1", "b.html": "2"])
    try folder.write("x", to: "public/a.html")
    #expect(try write(["a.html": "1", "b.html": "2"]) == SiteUpdate.Summary(written: 1, unchanged: 1, removed: 0))
    #expect(try text("public/a.html") == "1")
    try FileManager.default.removeItem(atPath: folder.path("public/b.html"))
    #expect(try write(["a.html": "1", "b.html": "2"]) == SiteUpdate.Summary(written: 1, unchanged: 1, removed: 0))
    try folder.write("x", to: "public/deep/c.html")
    #expect(try write(["a.html": "1", "b.html": "2"]) == SiteUpdate.Summary(written: 0, unchanged: 2, removed: 0))
    #expect(try folder.files(in: "public").keys.sorted() == [".sitegen", "a.html", "b.html", "deep/c.html"])
  }

  @Test("an edit of a file of the site by hand is seen even where its size and time stay")
  func sameSizeAndTime() throws {
    try write(["a.html": "1"])
    let date = Date(timeIntervalSince1970: 1_700_000_000)
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: folder.path("public/a.html"))
    try write(["a.html": "1"])
    usleep(20_000)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path("public/a.html")))
    try handle.write(contentsOf: Data("x".utf8))
    try handle.close()
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: folder.path("public/a.html"))
    #expect(SiteWriter(output: output.path, shownAs: "public", record: record).recordedFileCount() == nil)
    #expect(try write(["a.html": "1"]).written == 1)
    #expect(try text("public/a.html") == "1")
  }

  @Test("the stamps that are remembered are those after the last step, so that nothing is read again")
  func remembered() throws {
    for text in ["1", "2"] {
      try write(["a.html": text, "b.html": "2"])
      #expect(SiteWriter(output: output.path, shownAs: "public", record: record).recordedFileCount() == 2)
    }
    try folder.write("mine", to: "public/CNAME")
    #expect(SiteWriter(output: output.path, shownAs: "public", record: record).recordedFileCount() == 2)
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
    #expect(try write(version: "1") == (false, 1))
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
    #expect(try update.commit().written == 200)
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

  @Test("a full disk is told once, with the number of files")
  func fullDisk() throws {
    try write(["a.html": "old"])
    let disk = Disk { call throws(SystemError) in
      if case .create(let path) = call, path.contains("/site/") { throw SystemError(code: ENOSPC) }
    }
    let update = try SiteWriter(output: output.path, shownAs: "public", disk: disk).begin()
    for number in 0..<40 { update.add(OutputFile(path: "\(number).html", text: "\(number)", origin: "test")) }
    let error = #expect(throws: DiagnosticList.self) { try update.commit() }
    #expect(
      try #require(error).description
        == "error: Cannot write public/0.html and 39 other files: No space left on device.")
    #expect(try text("public/a.html") == "old")
  }

  @Test("a reason that concerns one file does not keep the others from being tried")
  func oneFile() throws {
    let disk = Disk { call throws(SystemError) in
      if case .create(let path) = call, path.contains("/site/bad") { throw SystemError(code: EACCES) }
    }
    let update = try SiteWriter(output: output.path, shownAs: "public", disk: disk).begin()
    for path in ["a.html", "bad1", "bad2"] { update.add(OutputFile(path: path, text: "", origin: "test")) }
    let error = #expect(throws: DiagnosticList.self) { try update.commit() }
    #expect(
      try #require(error).description == "error: Cannot write public/bad1 and another file: Permission denied.")
  }

  private func lock(_ path: String) throws -> FileLock? {
    guard case .taken(let lock) = try FileLock.attempt(path) else { return nil }
    return lock
  }

  @Test("another build of the folder is waited for, and that is said")
  func waiting() throws {
    try write(["a.html": "1"])
    let held = Mutex(try lock(folder.path("public/.sitegen-lock")))
    let told = Mutex<[String]>([])
    let update = try SiteWriter(output: output.path, shownAs: "public").begin { line in
      told.withLock { $0.append(line) }
      held.withLock { $0 = nil }
    }
    _ = try update.commit()
    let lines = told.withLock(\.self)
    #expect(lines.count == 1)
    #expect(lines.first?.hasPrefix("Waiting for another build of public, by process \(getpid()) on ") == true)
  }

  @Test("builds of one folder that run at the same time leave one of their sites, never a mixture")
  func race() throws {
    let output = output.path
    Parallel.forEach(12, jobs: 6) { number in
      do {
        let update = try SiteWriter(output: output, shownAs: "public").begin()
        for page in 0..<5 { update.add(OutputFile(path: "\(page).html", text: "\(number)", origin: "test")) }
        update.add(OutputFile(path: "only-\(number).html", text: "\(number)", origin: "test"))
        _ = try update.commit()
      } catch {
        Issue.record(error)
      }
      // Whatever stands now was written by one build.
    }
    let files = try folder.files(in: "public").filter { $0.key != ".sitegen" }
    #expect(files.count == 6)
    #expect(Set(files.values).count == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["public"])
  }
}
