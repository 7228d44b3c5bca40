import Files
import Foundation
import TestSupport
import Testing

@testable import Server

@Suite("Changes in folders are seen", .timeLimit(.minutes(2)))
struct WatcherTests {
  enum Kind: String, CaseIterable {
    #if os(Linux)
      case inotify
    #endif
    case polling
  }

  private let folder: TemporaryFolder
  private let wakePipe: WakePipe

  init() throws {
    folder = try TemporaryFolder()
    wakePipe = try WakePipe()
    try folder.write("old", to: "content/a.md")
    try folder.write("old", to: "content/deep/er/b.md")
    try folder.write("old", to: "photos/p.txt")
    try folder.link(folder.url.appendingPathComponent("photos/p.txt"), as: "content/linked.txt")
    try folder.write("old", to: "templates/t.mustache")
  }

  private func watcher(_ kind: Kind) throws -> any ChangeWatcher {
    let folders = WatchedFolders(
      roots: [folder.path("content"), folder.path("templates")], followedLinks: [folder.path("photos")])
    switch kind {
    #if os(Linux)
      case .inotify: return try InotifyWatcher(folders, wakePipe: wakePipe)
    #endif
    case .polling: return PollingWatcher(folders, wakePipe: wakePipe, milliseconds: 20)
    }
  }

  /// Whether a change is seen; one that is not would be waited for without end, so somebody wakes the watcher after a while.
  private func isSeen(_ watcher: any ChangeWatcher, _ change: () throws -> Void) throws -> Bool {
    try watcher.arm()
    try change()
    let wakePipe = wakePipe
    let isOver = Guarded(false)
    Thread.detachNewThread {
      for _ in 0..<100 {
        Thread.sleep(forTimeInterval: 0.1)
        if isOver.withLock({ $0 }) { return }
      }
      wakePipe.wake()
    }
    defer { isOver.withLock { $0 = true } }
    return watcher.wait()
  }

  @Test("wherever they are, and one after the other", arguments: Kind.allCases)
  func changes(kind: Kind) throws {
    let watcher = try watcher(kind)
    let files = FileManager.default
    let edits: [(String, () throws -> Void)] = [
      ("edit", { try folder.write("newer", to: "content/a.md") }),
      ("edit below", { try folder.write("newer", to: "content/deep/er/b.md") }),
      ("template", { try folder.write("newer", to: "templates/t.mustache") }),
      ("file behind a link", { try folder.write("newer", to: "photos/p.txt") }),
      ("new file", { try folder.write("new", to: "content/deep/c.md") }),
      ("new folder", { try folder.write("new", to: "content/fresh/inner/d.md") }),
      ("edit in the new folder", { try folder.write("newer", to: "content/fresh/inner/d.md") }),
      ("rename", { try files.moveItem(atPath: folder.path("content/a.md"), toPath: folder.path("content/z.md")) }),
      ("removal", { try files.removeItem(atPath: folder.path("content/z.md")) }),
      ("folder away", { try files.moveItem(atPath: folder.path("content"), toPath: folder.path("kept")) }),
      ("folder back", { try files.moveItem(atPath: folder.path("kept"), toPath: folder.path("content")) }),
      ("edit after that", { try folder.write("newest", to: "content/deep/c.md") }),
      ("replaced behind a link", { try replace("photos/p.txt") }),
      ("and again", { try folder.write("newest of all", to: "photos/p.txt") }),
    ]
    for (name, edit) in edits { #expect(try isSeen(watcher, edit), "\(name)") }
  }

  private func replace(_ path: String) throws {
    try Data("other".utf8).write(to: folder.url.appendingPathComponent(path), options: .atomic)
  }

  @Test("what lies elsewhere is not waited for, and who is waked stops waiting", arguments: Kind.allCases)
  func silence(kind: Kind) throws {
    let watcher = try watcher(kind)
    try watcher.arm()
    try folder.write("beside", to: "public/x.html")
    try folder.write("beside", to: "other.txt")
    let wakePipe = wakePipe
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.3)
      wakePipe.wake()
    }
    #expect(!watcher.wait())
  }
}
