import Files
import Foundation
import TestSupport
import Testing

@testable import Gallery

@Suite("Pruning a store")
struct StorePruningTests {
  private let folder: TemporaryFolder
  private let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = Store(folder.path("store"))
  }

  private func key(_ name: String) -> StoreKey { StoreKey("test", [name]) }

  /// Makes a file look as if it was last changed some seconds ago.
  private func setAge(of path: String, _ seconds: Double) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -seconds)], ofItemAtPath: path)
  }

  private func write(_ name: String, age: Double = 0) throws {
    try store.write(.arrays, key(name), [1, 2, 3])
    try setAge(of: store.file(.arrays, key(name)).path, age)
  }

  private func prune(keeping names: [String] = []) throws -> StoreReport {
    let used = Set(names.map(key))
    return try Store(store.url.path).report(prunes: true) { used.contains($1) }
  }

  @Test("what is not used goes at once, and what is used stays")
  func unused() throws {
    try write("a")
    try write("b")
    store.end()
    let report = try prune(keeping: ["a"])
    #expect(report.used.entries == 1)
    #expect(report.unused == StoreReport.Share(entries: 1, bytes: 35))
    #expect(report.spared.entries == 0)
    #expect(store.read(.arrays, key("a")) == [1, 2, 3])
    #expect(store.read(.arrays, key("b")) == nil)
  }

  @Test("counting deletes nothing and writes nothing")
  func counting() throws {
    try write("a")
    store.end()
    let before = try folder.files(in: "store")
    let report = try Store(store.url.path).readOnly.report(prunes: false) { _, _ in false }
    #expect(report.unused.entries == 1)
    #expect(try folder.files(in: "store") == before)
    #expect(try Store(folder.path("none")).report(prunes: true) { _, _ in false } == StoreReport())
    #expect(!FileManager.default.fileExists(atPath: folder.path("none")))
  }

  @Test("only what a store writes is deleted: no other names, no links, and nothing that links lead to")
  func foreign() throws {
    try write("a")
    store.end()
    let (prefix, rest) = (key("a").hex.prefix(2), key("a").hex.dropFirst(2))
    let mine = [
      "arrays/notes.txt", "arrays/\(prefix)/notes.txt", "arrays/\(prefix)/\(rest.uppercased())",
      "arrays/\(prefix)/\(rest)0", "pictures/\(prefix)/\(rest)/photo.png", "notes.txt", "other/\(prefix)/\(rest)",
    ]
    for name in mine { try folder.write("mine", to: "store/" + name) }
    // Folders of entries elsewhere, reached by links at every height.
    for name in ["elsewhere/\(rest)", "whole/\(prefix)/\(rest)", "single"] { try folder.write("mine", to: name) }
    try folder.link(folder.url.appendingPathComponent("elsewhere"), as: "store/arrays/00")
    try folder.link(folder.url.appendingPathComponent("whole"), as: "store/figures")
    try folder.link(folder.url.appendingPathComponent("single"), as: "store/models/\(prefix)/\(rest)")
    let report = try prune()
    #expect(report.unused.entries == 1)
    #expect(store.read(.arrays, key("a")) == nil)
    for name in mine { #expect(FileManager.default.fileExists(atPath: folder.path("store/" + name)), "\(name)") }
    for name in ["elsewhere/\(rest)", "whole/\(prefix)/\(rest)", "single", "store/models/\(prefix)/\(rest)"] {
      #expect(FileManager.default.fileExists(atPath: folder.path(name)), "\(name)")
    }
  }

  @Test("what a running build has written or used is spared, however old it is, and all else goes")
  func inUse() throws {
    for name in ["old", "old and used", "read", "unread"] { try write(name, age: 100_000) }
    store.end()
    let build = Store(store.url.path)
    try build.begin()
    try build.write(.arrays, key("new"), [5])
    #expect(build.has(.arrays, key("old and used")))
    #expect(build.read(.arrays, key("read")) == [1, 2, 3])
    let report = try prune()
    #expect(report.spared.entries == 3)
    #expect(report.unused.entries == 2)
    for name in ["new", "old and used", "read"] { #expect(build.read(.arrays, key(name)) != nil, "\(name)") }
    for name in ["old", "unread"] { #expect(build.read(.arrays, key(name)) == nil, "\(name)") }
    build.end()
    #expect(try prune().unused.entries == 3)
  }

  @Test("who only looks does not touch what is looked at")
  func looking() throws {
    try write("a", age: 100_000)
    store.end()
    let before = FileStamp(of: store.file(.arrays, key("a")).path)
    #expect(store.readOnly.read(.arrays, key("a")) == [1, 2, 3])
    #expect(store.readOnly.has(.arrays, key("a")))
    #expect(FileStamp(of: store.file(.arrays, key("a")).path) == before)
  }

  @Test("what killed writers left half-written goes with the next use of the store")
  func leftovers() throws {
    try store.begin()
    let lease = try #require(store.session.lease)
    // As if the process had been killed: the sign and what it wrote are there, and nobody holds the lock.
    let sign = try Data(contentsOf: URL(fileURLWithPath: folder.path("store/users/\(lease.name)")))
    store.end()
    try sign.write(to: URL(fileURLWithPath: folder.path("store/users/\(lease.name)")))
    try folder.write("half", to: "store/new/\(lease.name)-1")
    try folder.write("mine", to: "store/new/notes.txt")
    let old = UUID().uuidString
    let young = UUID().uuidString
    for name in [old, young] { try folder.write("half", to: "store/new/" + name) }
    try setAge(of: folder.path("store/new/" + old), 100_000)
    let living = Store(store.url.path)
    try living.begin()
    try folder.write("half", to: "store/new/\(try #require(living.session.lease).name)-7")
    #expect(
      Set(try FileManager.default.contentsOfDirectory(atPath: folder.path("store/new")))
        == ["notes.txt", old, young, "\(try #require(living.session.lease).name)-7"])
    _ = try prune()
    #expect(
      Set(try FileManager.default.contentsOfDirectory(atPath: folder.path("store/new")))
        == ["notes.txt", young, "\(try #require(living.session.lease).name)-7"])
  }
}
