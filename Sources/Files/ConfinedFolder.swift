import Foundation

/// A folder out of which nothing is read.
///
/// Links inside of it are followed; a link that leads out is not, unless it leads into one of the folders that the user
/// allows. The folder itself may be a link: whoever names it means what it leads to.
///
/// A path is looked at before it is opened, not while: this keeps a folder from reaching out by what lies in it, not by
/// somebody who changes it at the same moment.
public final class ConfinedFolder: Sendable {
  /// What lies at a path, a link's target included.
  public enum Presence: Equatable, Sendable {
    /// Nothing.
    case nothing
    /// A regular file.
    case file
    /// A folder.
    case folder
    /// A pipe, a device or a socket.
    case other
    /// A link that leads out, to this path.
    case outside(String)
    /// The system does not tell.
    case unknown(SystemError)
  }

  /// The folder as it was named.
  public let path: String
  /// The folders that may be read from, without links.
  private let roots: [String]
  /// Where folders lead that have been looked at: a path outside, or `nil` where it is inside.
  private let known = Guarded<[ExactPath: String?]>([:])

  /// - Parameters:
  ///   - path: the folder.
  ///   - others: folders that links may lead into too.
  public init(_ path: String, following others: [String] = []) {
    self.path = path
    roots = ([path] + others).compactMap(Self.realPath)
  }

  /// What lies at `inner`, a path from the folder.
  public func look(at inner: String) -> Presence {
    let full = PathText.join(path, inner)
    var status = stat()
    guard lstat(full, &status) == 0 else { return Self.absence }
    let isLink = status.st_mode & S_IFMT == S_IFLNK
    if isLink {
      guard stat(full, &status) == 0 else { return Self.absence }
    }
    if let target = outside(inner, isLink: isLink) { return .outside(target) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  /// What lies in the folder at `inner`.
  public func listing(of inner: String) throws(FolderListing.Fault) -> FolderListing {
    try FolderListing(PathText.join(path, inner))
  }

  /// Where `inner` leads without links; `nil` where nothing is there.
  public func realPath(of inner: String) -> String? { Self.realPath(PathText.join(path, inner)) }

  // MARK: - Links

  private func outside(_ inner: String, isLink: Bool) -> String? {
    if isLink { return leadsOut(inner) }
    // What is no link itself lies where its folder lies, and folders have many files.
    let folder = ExactPath(PathText.folder(of: inner))
    if let answer = known.withLock({ $0[folder] }) { return answer.map { PathText.join($0, PathText.name(of: inner)) } }
    let answer = leadsOut(folder.path)
    known.withLock { $0[folder] = .some(answer) }
    return answer.map { PathText.join($0, PathText.name(of: inner)) }
  }

  private func leadsOut(_ inner: String) -> String? {
    guard let real = realPath(of: inner) else { return nil }
    return roots.contains { Self.isInside(real, $0) } ? nil : real
  }

  private static func isInside(_ path: String, _ root: String) -> Bool {
    let (path, root) = (path.utf8, root.utf8)
    guard path.starts(with: root) else { return false }
    return path.count == root.count || root.last == UInt8(ascii: "/")
      || path.dropFirst(root.count).first == UInt8(ascii: "/")
  }

  private static func realPath(_ path: String) -> String? {
    guard let real = realpath(path.isEmpty ? "." : path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// Why there is nothing to see, after a failed call.
  private static var absence: Presence {
    let error = SystemError.last
    return [ENOENT, ENOTDIR].contains(error.code) ? .nothing : .unknown(error)
  }
}
