public import Foundation

/// A folder on disk that lives as long as one test.
public final class TemporaryFolder: Sendable {
  /// Where it is.
  public let url: URL

  /// Makes an empty folder.
  ///
  /// - Parameter inMemory: whether it may lie in memory, for tests that write and delete thousands of files.
  public init(inMemory: Bool = false) throws {
    let memory = URL(fileURLWithPath: "/dev/shm", isDirectory: true)
    let isThere = FileManager.default.isWritableFile(atPath: memory.path)
    url = (inMemory && isThere ? memory : FileManager.default.temporaryDirectory)
      .appendingPathComponent("sitegen-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  /// Makes a folder, calls `body` with it, and removes it with all that it holds.
  public static func with<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = try TemporaryFolder()
    return try withExtendedLifetime(folder) { try body(folder.url) }
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// The path of something in the folder, which need not exist.
  public func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a text file, making the folders it needs.
  public func write(_ text: String, to name: String) throws {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// Puts a link to something elsewhere into the folder.
  public func link(_ target: URL, as name: String) throws {
    let link = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: link.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: target)
  }

  /// Puts a copy of something elsewhere into the folder.
  public func copy(_ source: URL, as name: String) throws {
    let copy = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: source, to: copy)
  }

  /// Every file below a folder, by its path from there.
  public func files(in name: String) throws -> [String: Data] {
    let root = url.appendingPathComponent(name)
    var files: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: root.path) {
      var isFolder: ObjCBool = false
      let file = root.appendingPathComponent(path)
      guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), !isFolder.boolValue else {
        continue
      }
      files[path] = try Data(contentsOf: file)
    }
    return files
  }
}
