import Files
import Foundation
import TestSupport
import Testing

@testable import Gallery

@Suite("Hashes of files")
struct FileHashTests {
  private let folder: TemporaryFolder
  private let store: Store
  private var path: String { folder.path("file") }

  init() throws {
    folder = try TemporaryFolder()
    store = Store(folder.path("store"))
    try write("one", age: 60)
  }

  /// Writes in place, as if `age` seconds ago.
  private func write(_ text: String, age: Double) throws {
    if !FileManager.default.fileExists(atPath: path) { try folder.write("", to: "file") }
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
    let date = Date(timeIntervalSince1970: 1_700_000_000 - age)
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
  }

  // By sha256sum.
  private let one = "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"
  private let two = "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3"

  @Test("a hash is remembered from run to run by path, size, times and inode")
  func remembered() throws {
    let first = FileHashes(store, timeSteps: 0)
    #expect(first.hash(of: path) == one)
    first.save()
    // Another hash under the same stamp: only who reads the file can know.
    let file = URL(fileURLWithPath: folder.path("store/hashes"))
    var record = FileRecord(contentsOf: file)
    record[path] = FileRecord.Entry(version: two, stamp: try #require(record[path]).stamp)
    try Data(record.bytes).write(to: file)
    let second = FileHashes(store, timeSteps: 0)
    #expect(second.hash(of: path) == two)
    #expect(!second.verify(path, hasHash: two))
    #expect(second.hash(of: path) == one)
    #expect(second.verify(path, hasHash: one))
  }

  @Test("an edit that keeps size and time is seen")
  func sameSizeAndTime() throws {
    let hashes = FileHashes(store, timeSteps: 0)
    #expect(hashes.hash(of: path) == one)
    usleep(20_000)
    try write("two", age: 60)
    #expect(hashes.hash(of: path) == two)
  }

  @Test("a changed stamp makes the file be read again")
  func changed() throws {
    let hashes = FileHashes(store)
    #expect(hashes.hash(of: path) == one)
    try write("two", age: 50)
    #expect(hashes.hash(of: path) == two)
  }

  @Test("a file that was changed a moment ago is not remembered")
  func fresh() throws {
    try Data("one".utf8).write(to: URL(fileURLWithPath: path))
    let first = FileHashes(store)
    #expect(first.hash(of: path) == one)
    first.save()
    #expect(
      try folder.files(in: "store")["hashes"].map { !String(decoding: $0, as: UTF8.self).contains("file") } ?? true)
  }

  @Test("two files whose names differ only in how an accent is spelled are two files")
  func spellings() throws {
    let names = ["caf\u{e9}", "cafe\u{301}"]
    for (name, text) in zip(names, ["one", "two"]) { try folder.write(text, to: name) }
    try #require(FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 3)
    let hashes = FileHashes(store)
    for _ in 1...2 { #expect(names.map { hashes.hash(of: folder.path($0)) } == [one, two]) }
    #expect(hashes.verify(folder.path(names[0]), hasHash: one))
    #expect(!hashes.verify(folder.path(names[0]), hasHash: two))
  }

  @Test("the hash of bytes that were read is theirs, whatever the file has become")
  func bytes() throws {
    let hashes = FileHashes(store)
    let file = try RegularFile(path, atMost: 10)
    try write("two", age: 50)
    #expect(hashes.hash(of: file, readFrom: path, since: Date().timeIntervalSince1970) == one)
    #expect(hashes.hash(of: path) == two)
  }

  @Test("a pipe has no hash, and is not waited for", .timeLimit(.minutes(5)))
  func pipe() {
    #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
    #expect(FileHashes(store).hash(of: folder.path("pipe")) == nil)
    #expect(!FileHashes(store).verify(folder.path("pipe"), hasHash: one))
  }

  @Test("a missing file has no hash")
  func missing() {
    #expect(FileHashes(store).hash(of: folder.path("nothing")) == nil)
  }
}
