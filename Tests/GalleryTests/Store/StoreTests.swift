import Diagnostics
import Foundation
import NeuralNetwork
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

  @Test("a store that is deleted while it is used is made again with the next entry")
  func deleted() throws {
    try store.write(.arrays, key, [1])
    try FileManager.default.removeItem(atPath: folder.path("store"))
    #expect(store.read(.arrays, key) == nil)
    try store.write(.arrays, key, [2])
    #expect(store.read(.arrays, key) == [2])
    #expect(StoreMark.owner(of: folder.path("store")) == .sitegen)
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
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("store/new")).isEmpty)
  }

  /// What writing an entry complains of, with the folder's path taken out.
  private func fault(_ store: Store, _ kind: Store.Kind = .arrays) throws -> String {
    let error = #expect(throws: Diagnostic.self) { try store.write(kind, key, [1]) }
    return "\(try #require(error))".replacingOccurrences(of: folder.url.path + "/", with: "")
  }

  @Test("a store that cannot be written is a fault with a way out")
  func unwritable() throws {
    try folder.write("", to: "file")
    for name in ["file", "file/store"] {
      #expect(
        try fault(Store(folder.path(name)))
          == "\(name): error: The store “\(name)” is a file, not a folder. Name another with --store.")
    }
  }

  @Test("a valid entry in the place of another counts as absent")
  func misplaced() throws {
    let other = StoreKey("test", ["two"])
    try store.write(.arrays, key, [1, 2, 3])
    for (kind, place) in [(Store.Kind.arrays, other), (.figures, key), (.models, key), (.pictures, key)] {
      let file = store.file(kind, place)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: store.file(.arrays, key), to: file)
      #expect(store.read(kind, place) == nil, "\(kind)")
    }
    #expect(store.read(.arrays, key) == [1, 2, 3])
  }

  @Test("an entry that became an empty folder is replaced, and one with something in it is named and stays")
  func folderInPlace() throws {
    let place = store.file(.arrays, key)
    try store.begin()
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    #expect(store.read(.arrays, key) == nil)
    #expect(!store.has(.arrays, key))
    try store.write(.arrays, key, [7])
    #expect(store.read(.arrays, key) == [7])
    try FileManager.default.removeItem(at: place)
    let inner = "store/arrays/\(key.hex.prefix(2))/\(key.hex.dropFirst(2))"
    try folder.write("mine", to: inner + "/note.txt")
    #expect(try fault(store) == "store: error: “\(inner)” is a folder, where the store keeps a file. Move it away.")
    #expect(try folder.files(in: inner) == ["note.txt": Data("mine".utf8)])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("store/new")).isEmpty)
  }

  @Test("a file where the store keeps a folder is named")
  func fileInPlace() throws {
    try store.write(.models, key, [1])
    try folder.write("", to: "store/arrays")
    #expect(try fault(store) == "store: error: “store/arrays” is no folder, where the store keeps one. Move it away.")
  }

  @Test("an entry that is a pipe or a link to nothing counts as absent and is replaced", .timeLimit(.minutes(5)))
  func irregular() throws {
    try store.write(.arrays, key, [1])
    let place = store.file(.arrays, key).path
    unlink(place)
    #expect(mkfifo(place, 0o600) == 0)
    #expect(store.read(.arrays, key) == nil)
    unlink(place)
    #expect(symlink("nowhere", place) == 0)
    #expect(store.read(.arrays, key) == nil)
    try store.write(.arrays, key, [2])
    #expect(store.read(.arrays, key) == [2])
  }

  @Test("a store for those who only look writes nothing, and makes no folder")
  func readOnly() throws {
    try store.readOnly.write(.arrays, key, [1])
    #expect(try store.readOnly.write(picture: [1]) == StoreKey(contents: [1]))
    #expect(!FileManager.default.fileExists(atPath: store.url.path))
  }

  @Test("a store lies beside its content, also where that is named by its place alone")
  func standardPath() {
    for (content, path) in [
      ("content", ".sitegen/store"), ("content/", ".sitegen/store"), ("a/content", "a/.sitegen/store"),
      ("/content", "/.sitegen/store"), ("/a/content", "/a/.sitegen/store"), (".", "./../.sitegen/store"),
      ("..", "../../.sitegen/store"), ("a/..", "a/../../.sitegen/store"),
    ] {
      #expect(Store.standardPath(besideContent: content) == path)
    }
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
      [3, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 7],
    ] as [[UInt8]])
  func noTensors(bytes: [UInt8]) {
    #expect([Tensor](stored: bytes) == nil)
  }
}
