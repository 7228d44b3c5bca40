import Diagnostics
import Files
import Foundation
import TestSupport
import Testing

@testable import Gallery

@Suite("A store is known by its mark")
struct StoreMarkTests {
  private let folder: TemporaryFolder
  private let store: Store
  private let key = StoreKey("test", ["one"])

  init() throws {
    folder = try TemporaryFolder()
    store = Store(folder.path("store"))
  }

  private func place(_ kind: String) -> String { "store/\(kind)/\(key.hex.prefix(2))/\(key.hex.dropFirst(2))" }

  @Test("a new store is marked, and is known from then on whatever else comes to lie in it")
  func new() throws {
    #expect(StoreMark.owner(of: store.url.path) == .nobody)
    try store.write(.arrays, key, [1])
    try folder.write("mine", to: "store/notes.txt")
    #expect(StoreMark.owner(of: store.url.path) == .sitegen)
    try Store(store.url.path).write(.arrays, key, [2])
    #expect(try folder.files(in: "store")["notes.txt"] == Data("mine".utf8))
  }

  @Test("a store from before there was a mark is marked when it is used")
  func unmarked() throws {
    for name in [".gitignore", "hashes", "outputs/\(key.hex)", "outputs/\(key.hex).build", place("pictures")] {
      try folder.write(name == ".gitignore" ? "*\n" : "", to: "store/" + name.replacing("store/", with: ""))
    }
    try folder.write("half", to: "store/new/\(UUID().uuidString)")
    #expect(StoreMark.owner(of: store.url.path) == .unmarked)
    try store.write(.arrays, key, [1])
    #expect(StoreMark.owner(of: store.url.path) == .sitegen)
  }

  @Test(
    "a folder with anything else in it is another's, and stays as it is",
    arguments: [
      ("notes.txt", "notes.txt"), (".gitignore", ".gitignore"), ("models/net.md", "models"),
      ("pictures/ab/photo.png", "pictures"), ("pictures/photo.png", "pictures"), ("new/photo.png", "new"),
      ("outputs/index.html", "outputs"), ("hashes/a", "hashes"), ("arrays", "arrays"),
    ])
  func others(file: String, name: String) throws {
    try folder.write("mine", to: "store/" + file)
    let error = #expect(throws: Diagnostic.self) { try store.write(.arrays, key, [1]) }
    #expect(
      error?.description.replacing(folder.url.path + "/", with: "")
        == "store: error: The store “store” holds “\(name)”, which sitegen did not put there. Name another with --store."
    )
    #expect(throws: Diagnostic.self) { try store.report(prunes: true) { _, _ in false } }
    #expect(try folder.files(in: "") == ["store/" + file: Data("mine".utf8)])
  }

  @Test("a mark is a regular file with our own text")
  func marks() throws {
    try folder.write("mine", to: "store/notes.txt")
    let mark = "store/" + StoreMark.name
    try folder.write("This is a folder of sitegen’s.", to: mark)
    #expect(StoreMark.owner(of: store.url.path) == .others(StoreMark.name))
    try FileManager.default.removeItem(atPath: folder.path(mark))
    try folder.write(StoreMark.text, to: "text")
    try folder.link(folder.url.appendingPathComponent("text"), as: mark)
    #expect(StoreMark.owner(of: store.url.path) == .others(StoreMark.name))
    try FileManager.default.removeItem(atPath: folder.path(mark))
    try folder.write("", to: mark + "/a")
    #expect(StoreMark.owner(of: store.url.path) == .others(StoreMark.name))
    try FileManager.default.removeItem(atPath: folder.path(mark))
    // What somebody is about to write.
    try folder.write(String(StoreMark.text.prefix(10)), to: mark)
    #expect(StoreMark.owner(of: store.url.path) == .sitegen)
  }
}
