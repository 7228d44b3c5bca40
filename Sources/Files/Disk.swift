import Foundation
import Hashing

/// The calls that change what is on disk, each of which may fail.
///
/// They stand in one place so that a test can let each of them fail in turn, or be the last that is made. None of them
/// opens a file for writing that exists already: it may have other names.
public struct Disk: Sendable {
  /// A call, for whoever wants to let it fail.
  public enum Call: Hashable, Sendable {
    case create(String)
    case makeFolder(String)
    case rename(String, to: String)
    case exchange(String, String)
    case link(String, to: String)
    case remove(String)
    case flush(String)
    case attributes(of: String)
  }

  /// Is asked before every call; what it throws is what the call throws.
  private let willCall: (@Sendable (Call) throws(SystemError) -> Void)?

  /// The real disk.
  public init() { willCall = nil }

  /// A disk whose calls may fail.
  public init(willCall: @escaping @Sendable (Call) throws(SystemError) -> Void) { self.willCall = willCall }

  private func announce(_ call: @autoclosure () -> Call) throws(SystemError) {
    if let willCall { try willCall(call()) }
  }

  // MARK: - Files

  /// Writes a new file, which must not exist.
  ///
  /// - Parameter flushes: whether the bytes are on the disk when the call returns.
  public func write(_ bytes: [UInt8], to path: String, flushes: Bool = false) throws(SystemError) {
    try create(path) { file throws(SystemError) in
      try bytes.withUnsafeBufferPointer { buffer throws(SystemError) in
        try Self.write(UnsafeRawBufferPointer(buffer), to: file)
      }
      if flushes { try flush(file, path) }
    }
  }

  /// Writes a new file, which must not exist, with the bytes of another.
  ///
  /// - Returns: the SHA-256 of what was written, in hexadecimal digits.
  public func copy(_ source: String, to path: String) throws(SystemError) -> String {
    var hash = SHA256()
    try create(path) { file throws(SystemError) in
      try FileContents.forEachPiece(of: source) { piece throws(SystemError) in
        hash.update(piece)
        try Self.write(piece, to: file)
      }
    }
    return hash.digest.hexadecimal
  }

  private func create(_ path: String, _ fill: (Int32) throws(SystemError) -> Void) throws(SystemError) {
    try announce(.create(path))
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw .last }
    do throws(SystemError) {
      try fill(file)
    } catch {
      close(file)
      unlink(path)
      throw error
    }
    // Some file systems tell only now that there was no room.
    guard close(file) == 0 else {
      let error = SystemError.last
      unlink(path)
      throw error
    }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws(SystemError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Foundation.write(file, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .last }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Gives a file a second name, which must not exist.
  public func link(_ source: String, to target: String) throws(SystemError) {
    try announce(.link(source, to: target))
    guard linkat(AT_FDCWD, source, AT_FDCWD, target, 0) == 0 else { throw .last }
  }

  /// Gives a file or a folder another name. A file that had it is replaced.
  public func rename(_ source: String, to target: String) throws(SystemError) {
    try announce(.rename(source, to: target))
    guard Foundation.rename(source, target) == 0 else { throw .last }
  }

  /// Gives a file another name that nothing has yet.
  ///
  /// - Throws: `EEXIST` where something has.
  public func renameToNew(_ source: String, to target: String) throws(SystemError) {
    try announce(.rename(source, to: target))
    if SystemCalls.rename(source, target, .toNew) { return }
    guard SystemCalls.lacksCall else { throw .last }
    // Where the system has no such call, there is a moment between the look and the step.
    guard FileIdentity(of: target) == nil else { throw SystemError(code: EEXIST) }
    guard Foundation.rename(source, target) == 0 else { throw .last }
  }

  /// Exchanges two folders in one step.
  public func exchange(_ a: String, _ b: String) throws(SystemError) {
    try announce(.exchange(a, b))
    guard SystemCalls.rename(a, b, .exchanging) else { throw .last }
  }

  /// Removes a file, a link or whatever else is no folder.
  public func remove(_ path: String) throws(SystemError) {
    try announce(.remove(path))
    guard unlink(path) == 0 else { throw .last }
  }

  // MARK: - Folders

  /// Makes a folder, which must not exist.
  public func makeFolder(_ path: String) throws(SystemError) {
    try announce(.makeFolder(path))
    guard mkdir(path, 0o777) == 0 else { throw .last }
  }

  /// Makes a folder and those above it, as far as they are not there.
  ///
  /// - Returns: the folders made, the uppermost first.
  @discardableResult
  public func makeFolders(_ path: String) throws(SystemError) -> [String] {
    do throws(SystemError) {
      try makeFolder(path)
      return [path]
    } catch {
      if error.code == EEXIST { return [] }
      guard error.code == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else { throw error }
      let made = try makeFolders(String(path[..<slash]))
      return made + (try makeFolders(path))
    }
  }

  /// Removes an empty folder.
  public func removeFolder(_ path: String) throws(SystemError) {
    try announce(.remove(path))
    guard rmdir(path) == 0 else { throw .last }
  }

  /// Removes a folder with all that it holds; links are not followed. No folder is no fault.
  public func removeTree(_ folder: String) throws(SystemError) {
    do throws(FolderFault) {
      let content = try FolderContent(of: folder)
      for path in content.files { try? remove(folder + "/" + path) }
      for path in content.folders.reversed() { try? removeFolder(folder + "/" + path) }
    } catch {
      if error.reason.code == ENOENT { return }
      throw error.reason
    }
    try removeFolder(folder)
  }

  // MARK: - To the disk

  /// Waits until the bytes of an open file are on the disk.
  private func flush(_ file: Int32, _ path: String) throws(SystemError) {
    try announce(.flush(path))
    #if canImport(Darwin)
      // fsync leaves the bytes in the drive's own memory there; not every file system knows the other call.
      if fcntl(file, F_FULLFSYNC) == 0 { return }
    #endif
    // What cannot be flushed, such as a file of some network file systems, is not lost by that.
    guard fsync(file) == 0 || [EINVAL, ENOTSUP].contains(errno) else { throw .last }
  }

  /// Waits until the bytes of files are on the disk.
  ///
  /// - Parameter folder: a folder of the same file system.
  public func flush(_ paths: [String], besides folder: String) throws(SystemError) {
    // One call for all is faster than a call for each, but waits for the writing of other programs too.
    if paths.count > 16, try flushFileSystem(of: folder) { return }
    for path in paths {
      let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
      guard file >= 0 else { throw .last }
      defer { close(file) }
      try flush(file, path)
    }
  }

  /// - Returns: false where the system has no such call.
  private func flushFileSystem(of folder: String) throws(SystemError) -> Bool {
    try announce(.flush(folder))
    #if canImport(Darwin)
      return false
    #else
      guard let syncfs = SystemCalls.syncfs else { return false }
      let file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard file >= 0 else { throw .last }
      defer { close(file) }
      guard syncfs(file) == 0 else { throw .last }
      return true
    #endif
  }

  // MARK: - Attributes

  /// Gives a folder the owner, the mode and the extended attributes of another.
  ///
  /// - Returns: false where it cannot have them.
  public func makeAlike(_ folder: String, as model: String) throws(SystemError) -> Bool {
    try announce(.attributes(of: folder))
    var wanted = stat()
    var found = stat()
    guard lstat(model, &wanted) == 0, lstat(folder, &found) == 0 else { throw .last }
    if wanted.st_uid != found.st_uid || wanted.st_gid != found.st_gid {
      guard lchown(folder, wanted.st_uid, wanted.st_gid) == 0 else { return false }
    }
    guard chmod(folder, wanted.st_mode & 0o7777) == 0 else { return false }
    return SystemCalls.copyAttributes(from: model, to: folder)
  }
}
