import Foundation
import Network
import TestSupport
import Testing

@testable import Gallery

@Suite("The store")
struct StoreTests {
  private let folder: TemporaryFolder
  private let store: Store
  private let key = StoreKey("test", ["one"])

  init() throws {
    folder = try TemporaryFolder()
    store = Store(folder.path("store"))
  }

  @Test("what is written is read, and what is not there is not", arguments: Store.Kind.allCases)
  func entries(kind: Store.Kind) throws {
    let key = kind == .pictures ? StoreKey(contents: [1, 2, 3]) : key
    #expect(store.read(kind, key) == nil)
    try store.write(kind, key, [1, 2, 3])
    #expect(store.read(kind, key) == [1, 2, 3])
    #expect(store.has(kind, key))
  }

  @Test("an entry with a changed, missing or added byte counts as absent", arguments: Store.Kind.allCases)
  func damage(kind: Store.Kind) throws {
    let bytes = [UInt8](0..<100)
    let key = kind == .pictures ? StoreKey(contents: bytes) : key
    try store.write(kind, key, bytes)
    let whole = try Data(contentsOf: store.file(kind, key))
    for damaged in [
      whole.dropLast(), whole + [0], Data(), whole.prefix(10), Data(whole.map { $0 ^ ($0 == 50 ? 4 : 0) }),
    ] {
      try Data(damaged).write(to: store.file(kind, key))
      #expect(store.read(kind, key) == nil, "\(damaged.count) bytes")
    }
    try store.write(kind, key, bytes)
    #expect(store.read(kind, key) == bytes)
  }

  @Test("a key depends on every part and on where parts end")
  func keys() {
    let keys = [["a", "b"], ["ab"], ["ab", ""], ["b", "a"], ["a"], []].map { StoreKey("x", $0) }
    #expect(Set(keys).count == keys.count)
    #expect(StoreKey("x", ["a"]) != StoreKey("y", ["a"]))
    // SHA-256 of “1:x1:a”, by sha256sum.
    #expect(StoreKey("x", ["a"]).hex == "f973670cbb61665beba54b9e1b8340b0e6be2a6c53327239c8bba764dc3f4ca8")
  }

  @Test("version control leaves the store alone, and no half-written file is left")
  func folders() throws {
    try store.write(.arrays, key, [1])
    #expect(try folder.files(in: "store")[".gitignore"] == Data("*\n".utf8))
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.temporaryFolder.path).isEmpty)
  }

  @Test("a store that cannot be written is a fault with a way out")
  func unwritable() throws {
    try folder.write("", to: "file")
    let store = Store(folder.path("file"))
    let error = #expect(throws: (any Error).self) { try store.write(.arrays, key, [1]) }
    let text = "\(try #require(error))".replacingOccurrences(of: folder.path(""), with: "")
    #expect(text.hasPrefix("error: The store “"))
    #expect(text.hasSuffix(" Name another with --store."))
  }

  @Test("tensors come back bit by bit")
  func tensors() throws {
    let tensors = [
      Tensor(shape: [2, 1, 3], [0, -0.0, .infinity, .nan, Float.leastNonzeroMagnitude, -7]), Tensor(shape: [1], [3]),
    ]
    let read = try #require([Tensor](stored: tensors.stored))
    #expect(read.map(\.shape) == tensors.map(\.shape))
    #expect(read.flatMap { $0.values.map(\.bitPattern) } == tensors.flatMap { $0.values.map(\.bitPattern) })
  }

  @Test(
    "bytes that are no tensors are refused",
    arguments: [
      [1, 0, 0], [9, 0, 0, 0], [2, 0, 0, 0, 1, 0, 0, 0], [1, 0, 0, 0, 2, 0, 0, 0, 1, 2, 3, 4],
      [2, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255],
    ] as [[UInt8]])
  func noTensors(bytes: [UInt8]) {
    #expect([Tensor](stored: bytes) == nil)
  }
}

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

  @Test("a hash is remembered from run to run by path, size, time and inode")
  func remembered() throws {
    let first = FileHashes(store)
    #expect(first.hash(of: path) == one)
    first.save()
    // The same stamp with other bytes: only who reads the file can know.
    try write("two", age: 60)
    let second = FileHashes(store)
    #expect(second.hash(of: path) == one)
    #expect(!second.verify(path, hasHash: one))
    #expect(second.hash(of: path) == two)
    #expect(second.verify(path, hasHash: two))
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

  @Test("a missing file has no hash")
  func missing() {
    #expect(FileHashes(store).hash(of: folder.path("nothing")) == nil)
  }
}
