import Foundation

/// Files that a run of a fuzzer writes again and again: in memory where the system has such a folder.
enum FuzzFolder {
  static let url: URL = {
    let memory = "/dev/shm"
    let base =
      FileManager.default.fileExists(atPath: memory)
      ? URL(fileURLWithPath: memory) : FileManager.default.temporaryDirectory
    let folder = base.appendingPathComponent("fuzz-\(ProcessInfo.processInfo.processIdentifier)")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // Left behind only where a fault ends the process.
    atexit { try? FileManager.default.removeItem(at: FuzzFolder.url) }
    return folder
  }()

  /// Writes a file and returns its path.
  @discardableResult
  static func write(_ bytes: some Sequence<UInt8>, to name: String) -> String {
    let file = url.appendingPathComponent(name)
    try? FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    guard FileManager.default.createFile(atPath: file.path, contents: Data(bytes)) else {
      fatalError("\(file.path) cannot be written")
    }
    return file.path
  }

  @discardableResult
  static func write(_ text: String, to name: String) -> String { write(text.utf8, to: name) }
}
