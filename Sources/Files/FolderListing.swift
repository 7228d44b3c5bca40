import Foundation

/// The names of what lies in a folder, all of them or none: a folder that cannot be listed is not an empty one.
public struct FolderListing: Sendable {
  /// Why a folder could not be listed.
  public enum Fault: Error, Equatable {
    /// The system refused.
    case system(SystemError)
    /// A name is not UTF-8, so that no text can mean it; here with its wrong bytes replaced.
    case notUTF8(String)
  }

  /// The names, sorted by bytes, without `.` and `..`.
  public let names: [String]
  /// Those of folders, links to folders not counted.
  public let folders: [String]

  /// Lists the folder at `path`.
  public init(_ path: String) throws(Fault) {
    guard let stream = opendir(path) else { throw .system(.last) }
    defer { closedir(stream) }
    var names: [String] = []
    var folders: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        // The end and a failure look alike but for the reason.
        if errno != 0 { throw .system(.last) }
        break
      }
      let bytes = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: UInt8.self, capacity: Int(NAME_MAX) + 1) { bytes in
          Array(UnsafeBufferPointer(start: bytes, count: Int(NAME_MAX) + 1).prefix { $0 != 0 })
        }
      }
      guard let name = String(validating: bytes, as: UTF8.self) else {
        throw .notUTF8(String(decoding: bytes, as: UTF8.self))
      }
      if name == "." || name == ".." { continue }
      names.append(name)
      if Self.isFolder(entry.pointee.d_type, path, name) { folders.append(name) }
    }
    self.names = names.sorted { ExactPath($0) < ExactPath($1) }
    self.folders = folders.sorted { ExactPath($0) < ExactPath($1) }
  }

  private static func isFolder(_ type: UInt8, _ path: String, _ name: String) -> Bool {
    // Some file systems do not say what an entry is.
    guard type == DT_UNKNOWN else { return type == DT_DIR }
    var status = stat()
    return lstat(PathText.join(path, name), &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}

extension FolderListing.Fault: CustomStringConvertible {
  /// The reason as a clause.
  public var description: String {
    switch self {
    case .system(let error): error.description
    case .notUTF8(let name): "the name “\(name)” is not UTF-8"
    }
  }
}
