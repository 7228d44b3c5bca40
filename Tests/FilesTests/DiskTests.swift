import Files
import Foundation
import TestSupport
import Testing

@Suite("Calls that change the disk")
struct DiskTests {
  private let folder: TemporaryFolder
  private let disk = Disk()

  init() throws {
    folder = try TemporaryFolder()
  }

  private func text(_ name: String) throws -> String { try String(contentsOfFile: folder.path(name), encoding: .utf8) }

  @Test("a file is written only where nothing is, not even a link that leads nowhere")
  func writing() throws {
    try disk.write(Array("one".utf8), to: folder.path("a"), flushes: true)
    #expect(try text("a") == "one")
    try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "target")
    for name in ["a", "link"] {
      #expect(throws: SystemError.present) { try disk.write([1], to: folder.path(name)) }
    }
    #expect(try text("a") == "one")
    #expect(!FileManager.default.fileExists(atPath: folder.path("target")))
  }

  @Test("a copy has the bytes of its source and tells their hash; a pipe is not waited for")
  func copying() throws {
    let long = String(repeating: "0123456789", count: 100_000)
    try folder.write(long, to: "source")
    let hash = try disk.copy(folder.path("source"), to: folder.path("copy"))
    #expect(try text("copy") == long)
    #expect(try FileContents.hash(of: folder.path("source")) == hash)
    #expect(try FileContents.of(folder.path("copy"), equal: Array(long.utf8)))
    #expect(try !FileContents.of(folder.path("copy"), equal: Array(long.utf8.dropLast())))
    #expect(try !FileContents.of(folder.path("copy"), equal: Array((long + "0").utf8)))
    #expect(try !FileContents.of(folder.path("copy"), equal: []))
    #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
    #expect(throws: SystemError(code: EINVAL)) { try disk.copy(folder.path("pipe"), to: folder.path("none")) }
    #expect(!FileManager.default.fileExists(atPath: folder.path("none")))
  }

  @Test("two folders change places in one step where the system can do that")
  func exchange() throws {
    try folder.write("1", to: "a/x")
    try folder.write("2", to: "b/x")
    try disk.exchange(folder.path("a"), folder.path("b"))
    #expect(try text("a/x") == "2")
    #expect(try text("b/x") == "1")
    #expect(throws: SystemError.absent) { try disk.exchange(folder.path("a"), folder.path("none")) }
  }

  @Test("a new name is never one that something has")
  func newName() throws {
    try folder.write("1", to: "a")
    try folder.write("2", to: "b")
    #expect(throws: SystemError.present) { try disk.renameToNew(folder.path("a"), to: folder.path("b")) }
    try disk.renameToNew(folder.path("a"), to: folder.path("c"))
    #expect(try text("c") == "1")
    #expect(try text("b") == "2")
  }

  @Test("a folder is removed with all that it holds, and what links in it lead to stays")
  func removing() throws {
    try folder.write("x", to: "tree/a/b/c")
    try folder.write("stays", to: "other/file")
    try folder.link(folder.url.appendingPathComponent("other"), as: "tree/a/link")
    try disk.removeTree(folder.path("tree"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("tree")))
    #expect(try text("other/file") == "stays")
    try disk.removeTree(folder.path("none"))
  }

  @Test("folders are made with those above them, and told from the top")
  func folders() throws {
    #expect(try disk.makeFolders(folder.path("a/b/c")) == ["a", "a/b", "a/b/c"].map(folder.path))
    #expect(try disk.makeFolders(folder.path("a/b")) == [])
    try folder.write("x", to: "file")
    #expect(throws: SystemError(code: ENOTDIR)) { try disk.makeFolders(folder.path("file/a/b")) }
  }

  @Test("many files reach the disk by one call, few by one each")
  func flushing() throws {
    for count in [3, 40] {
      let paths = (0..<count).map { folder.path("\(count)-\($0)") }
      for path in paths { try disk.write([1, 2, 3], to: path) }
      try disk.flush(paths, besides: folder.path(""))
    }
    #expect(throws: SystemError.absent) { try disk.flush([folder.path("none")], besides: folder.path("")) }
  }

  @Test("a call that is to fail does, and changes nothing")
  func failing() throws {
    let disk = Disk { call throws(SystemError) in
      if case .makeFolder = call { throw SystemError(code: ENOSPC) }
    }
    #expect(throws: SystemError(code: ENOSPC)) { try disk.makeFolder(folder.path("a")) }
    #expect(!FileManager.default.fileExists(atPath: folder.path("a")))
  }
}

@Suite("Stamps of files")
struct FileStampTests {
  @Test("a stamp tells size, times and file, and only of regular files")
  func stamp() throws {
    let folder = try TemporaryFolder()
    try folder.write("four", to: "a")
    let date = Date(timeIntervalSince1970: 1_700_000_000.5)
    let before = Date().timeIntervalSince1970
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: folder.path("a"))
    let stamp = try #require(FileStamp(of: folder.path("a")))
    #expect(stamp.size == 4)
    #expect(stamp.modified == 1_700_000_000_500_000_000)
    #expect(abs(Double(stamp.changed) / 1e9 - before) < 60)
    #expect(FileStamp(stamp.description) == stamp)
    #expect(FileStamp(of: folder.path("")) == nil)
    #expect(FileStamp(of: folder.path("none")) == nil)
    try folder.link(folder.url.appendingPathComponent("a"), as: "link")
    #expect(FileStamp(of: folder.path("link")) == stamp)
    #expect(try FileState(of: folder.path("link"))?.stamp == nil)
    // Setting the time of the contents back makes no file look as if nobody had touched it.
    #expect(stamp.isFresh(at: Double(stamp.changed) / 1e9 + 1.9))
    #expect(!stamp.isFresh(at: Double(stamp.changed) / 1e9 + 2.1))
  }

  @Test("an edit of the same size is seen even where its time is set back")
  func sameSizeAndTime() throws {
    let folder = try TemporaryFolder()
    try folder.write("four", to: "a")
    let date = Date(timeIntervalSince1970: 1_700_000_000)
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: folder.path("a"))
    let before = try #require(FileStamp(of: folder.path("a")))
    // File systems count time in steps.
    usleep(20_000)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path("a")))
    try handle.write(contentsOf: Data("five".utf8))
    try handle.close()
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: folder.path("a"))
    let after = try #require(FileStamp(of: folder.path("a")))
    #expect(after != before)
    #expect(after.size == before.size)
    #expect(after.modified == before.modified)
    #expect(after.inode == before.inode)
  }

  @Test("what is no stamp is refused", arguments: ["", "1 2", "1 2 3", "1 2 3 x", "1 2 3 4 5", "1 2 3 -4"])
  func faults(text: String) {
    #expect(FileStamp(text) == nil)
  }
}
