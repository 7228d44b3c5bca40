import Foundation

/// All that lies in a folder, with links followed.
public struct FolderScan: Sendable {
  /// What the file system tells of one thing in a folder; of a link, what it tells of the link's target.
  public enum State: Hashable, Sendable {
    /// A regular file.
    case file(FileStamp)
    /// A folder. Its identity tells where a link leads.
    case folder(device: UInt64, inode: UInt64)
    /// A pipe, a device or a socket.
    case special(inode: UInt64)
    /// A link that leads nowhere, or something that has just been removed.
    case missing
  }

  /// The paths from the folder with what lies there, sorted by path; folders are among them.
  public private(set) var entries: [(path: String, state: State)] = []

  /// Looks through a folder, which need not exist.
  ///
  /// A folder that links lead to twice is looked through once.
  ///
  /// - Parameter others: the folders outside that links may lead into; `nil` lets them lead anywhere. Of a folder that lies
  ///   elsewhere, only its identity is noted.
  /// - Throws: where a folder, or anything in it, cannot be looked at.
  public init(_ folder: String, following others: [String]? = nil) throws(FolderFault) {
    guard case .folder(let device, let inode) = try Self.state(of: folder) else { return }
    let confined = others.map { ConfinedFolder(folder, following: $0) }
    var seen: Set<[UInt64]> = [[device, inode]]
    var waiting = [""]
    while let inner = waiting.popLast() {
      let path = inner.isEmpty ? folder : folder + "/" + inner
      for name in try Self.names(in: path).sorted() {
        let file = inner.isEmpty ? name : inner + "/" + name
        let state = try Self.state(of: folder + "/" + file)
        if case .folder(let device, let inode) = state, confined.map({ $0.look(at: file) == .folder }) ?? true,
          seen.insert([device, inode]).inserted
        {
          waiting.append(file)
        }
        entries.append((file, state))
      }
    }
    entries.sort { $0.path < $1.path }
  }

  private static func state(of path: String) throws(FolderFault) -> State {
    var status = stat()
    guard stat(path, &status) == 0 else {
      if isAbsence(.last) { return .missing }
      throw FolderFault(path: path, reason: .last)
    }
    if let stamp = FileStamp(status) { return .file(stamp) }
    guard status.st_mode & S_IFMT == S_IFDIR else { return .special(inode: UInt64(status.st_ino)) }
    return .folder(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }

  private static func names(in path: String) throws(FolderFault) -> [String] {
    do throws(SystemError) {
      return try PlainFiles.names(in: path)
    } catch {
      if isAbsence(error) { return [] }
      throw FolderFault(path: path, reason: error)
    }
  }

  /// Whether a call failed since there is nothing; any other reason means that there may be something.
  private static func isAbsence(_ error: SystemError) -> Bool { [ENOENT, ENOTDIR, ELOOP].contains(error.code) }
}

extension FolderScan.State: CustomStringConvertible {
  /// A text that is another whenever the state is.
  public var description: String {
    switch self {
    case .file(let stamp): "file \(stamp)"
    case .folder(let device, let inode): "folder \(device) \(inode)"
    case .special(let inode): "special \(inode)"
    case .missing: "missing"
    }
  }
}
