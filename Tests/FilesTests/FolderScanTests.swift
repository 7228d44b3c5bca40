import Diagnostics
import Files
import Foundation
import TestSupport
import Testing

@Suite("What lies in a folder")
struct FolderScanTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func scan() throws -> [String: FolderScan.State] {
    Dictionary(uniqueKeysWithValues: try FolderScan(folder.path("top")).entries.map { ($0.path, $0.state) })
  }

  /// A folder so deep that its path is longer than the system takes, made by moving one deep folder into another.
  private func makeBottomless() throws {
    let half = Array(repeating: String(repeating: "d", count: 200), count: 12).joined(separator: "/")
    for name in ["top", "rest"] { try folder.write("x", to: "\(name)/\(half)/file") }
    #expect(rename(folder.path("rest"), folder.path("top/\(half)/rest")) == 0)
  }

  @Test("files, folders, pipes and links that lead nowhere are told apart, and links are followed")
  func kinds() throws {
    try folder.write("four", to: "top/a/file")
    try folder.write("five!", to: "elsewhere/other")
    try folder.link(folder.url.appendingPathComponent("elsewhere"), as: "top/link")
    try folder.link(folder.url.appendingPathComponent("none"), as: "top/dangling")
    try folder.link(folder.url.appendingPathComponent("top"), as: "top/a/circle")
    #expect(mkfifo(folder.path("top/pipe"), 0o600) == 0)
    let found = try scan()
    #expect(found.keys.sorted() == ["a", "a/circle", "a/file", "dangling", "link", "link/other", "pipe"])
    #expect(found["dangling"] == .missing)
    #expect(found["a/file"] == FileStamp(of: folder.path("top/a/file")).map { .file($0) })
    #expect(found["link/other"] == FileStamp(of: folder.path("elsewhere/other")).map { .file($0) })
    guard case .folder = found["link"], case .special = found["pipe"] else {
      Issue.record("\(found)")
      return
    }
  }

  @Test("a link that leads to another folder is another, even where both are in the folder already")
  func redirectedLink() throws {
    for name in ["one", "two"] { try folder.write("x", to: "top/\(name)/file") }
    try FileManager.default.createSymbolicLink(atPath: folder.path("top/zed"), withDestinationPath: "one")
    let before = try scan()
    try FileManager.default.removeItem(atPath: folder.path("top/zed"))
    try FileManager.default.createSymbolicLink(atPath: folder.path("top/zed"), withDestinationPath: "two")
    let after = try scan()
    #expect(before["zed"] == before["one"])
    #expect(after["zed"] == after["two"])
    #expect(before["zed"]?.description != after["zed"]?.description)
  }

  @Test("no folder is an empty one, and so is a file")
  func absent() throws {
    #expect(try scan().isEmpty)
    try folder.write("x", to: "top")
    #expect(try scan().isEmpty)
  }

  @Test("a folder that cannot be listed is a fault, wherever it lies")
  func unreadable() throws {
    try makeBottomless()
    let fault = #expect(throws: FolderFault.self) { try FolderScan(folder.path("top")) }
    #expect(try #require(fault).reason == SystemError(code: ENAMETOOLONG))
    #expect(try #require(fault).path.hasPrefix(folder.path("top/ddd")))
    #expect(throws: FolderFault.self) { try FolderContent(of: folder.path("top")) }
    #expect(throws: SystemError(code: ENOENT)) { try PlainFiles.names(in: folder.path("none")) }
    #expect(throws: SystemError(code: ENOTDIR)) {
      try folder.write("x", to: "file")
      _ = try PlainFiles.names(in: folder.path("file"))
    }
    #expect(
      FolderFault(path: "content/pages", reason: SystemError(code: EACCES)).diagnostic.description
        == "content/pages: error: The folder cannot be read: Permission denied.")
    // Too deep for FileManager as well.
    #expect(
      rename(
        folder.path(
          "top/" + Array(repeating: String(repeating: "d", count: 200), count: 12).joined(separator: "/") + "/rest"),
        folder.path("rest")) == 0)
  }

  @Test(
    "a folder without the right to list it is a fault", .enabled(if: getuid() != 0, "root may list everything"))
  func forbidden() throws {
    try folder.write("x", to: "top/closed/file")
    #expect(chmod(folder.path("top/closed"), 0) == 0)
    defer { chmod(folder.path("top/closed"), 0o700) }
    #expect(throws: FolderFault(path: folder.path("top/closed"), reason: SystemError(code: EACCES))) {
      try FolderScan(folder.path("top"))
    }
  }
}
