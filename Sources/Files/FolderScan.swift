import Foundation

/// All that lies in a folder, with links to folders followed.
public struct FolderScan: Sendable {
  /// The files' paths from the folder with their stamps, sorted by path; folders and what is no file have no stamp.
  public private(set) var files: [(path: String, stamp: FileStamp?)] = []

  /// Looks through a folder, which need not exist.
  public init(_ folder: String) {
    var seen: Set<[UInt64]> = []
    var waiting = [""]
    while let inner = waiting.popLast() {
      let path = inner.isEmpty ? folder : folder + "/" + inner
      var status = stat()
      // A folder that links lead to twice is looked through once.
      guard stat(path, &status) == 0, seen.insert([UInt64(status.st_dev), UInt64(status.st_ino)]).inserted else {
        continue
      }
      for name in PlainFiles.names(in: path).sorted() {
        let file = inner.isEmpty ? name : inner + "/" + name
        var status = stat()
        let exists = stat(folder + "/" + file, &status) == 0
        if exists, status.st_mode & S_IFMT == S_IFDIR { waiting.append(file) }
        files.append((file, exists ? FileStamp(status) : nil))
      }
    }
    files.sort { $0.path < $1.path }
  }
}
