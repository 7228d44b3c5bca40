import Foundation
import Synchronization

/// A file that is locked as long as its maker lives: the lock goes with the process, however that ends.
///
/// The lock is the system's, on the open file. So it works between containers that share a file system, where numbers of
/// processes mean nothing. The text in the file is for people.
public final class FileLock: Sendable {
  /// What became of an attempt to take a lock.
  public enum Attempt: Sendable {
    /// It is ours now.
    case taken(FileLock)
    /// A living process has it, of which the file says this.
    case held(by: String)
  }

  /// Why a lock cannot be taken.
  public enum Fault: Error, Equatable {
    /// The system refused.
    case system(SystemError)
    /// There is something in the file's place that is no lock of ours.
    case foreign
  }

  /// The beginning of every lock's text.
  private static let heading = "A lock of sitegen's, held by "

  /// The lock's file.
  public let path: String
  private let file: Int32
  private let disk: Disk
  /// Whether the file system has locks at all. Where not, nothing can be said about other processes.
  public let isReal: Bool
  private let leavesFile = Atomic(false)

  private init(path: String, file: Int32, isReal: Bool, disk: Disk) {
    self.path = path
    self.file = file
    self.isReal = isReal
    self.disk = disk
  }

  deinit {
    // Another one may stand at the path by now where somebody removed ours.
    if !leavesFile.load(ordering: .relaxed), Self.identity(of: file) == FileIdentity(of: path) {
      try? disk.remove(path)
    }
    close(file)
  }

  /// Has the file stay when the lock goes, as if the process had been killed.
  public func leaveFile() { leavesFile.store(true, ordering: .relaxed) }

  /// Tries to take the lock at `path`. One whose owner has died is taken over.
  public static func attempt(_ path: String, disk: Disk = Disk()) throws(Fault) -> Attempt {
    // Each round ends with somebody having the lock, so that others are never in the way for long.
    for _ in 1...1000 {
      if let lock = try create(path, disk) { return .taken(lock) }
      switch try look(path) {
      case .nothing: continue
      case .living(let owner): return .held(by: owner)
      case .dead(let file, _):
        // Nobody can take it over beside us, since we have it. Whoever waits for it finds the next file.
        if identity(of: file) == FileIdentity(of: path) {
          do throws(SystemError) {
            try disk.remove(path)
          } catch {
            close(file)
            throw .system(error)
          }
        }
        close(file)
      }
    }
    return .held(by: "others")
  }

  /// Whether a living process has the lock at `path`. What is no lock of ours counts as living, and so does everything
  /// where the file system has no locks.
  public static func isHeld(_ path: String) -> Bool {
    switch try? look(path) {
    case .nothing: return false
    case .dead(let file, let isKnown):
      close(file)
      return !isKnown
    case .living, nil: return true
    }
  }

  // MARK: - Files

  /// - Returns: `nil` where the path is taken.
  private static func create(_ path: String, _ disk: Disk) throws(Fault) -> FileLock? {
    let text = heading + "process \(getpid()) on \(hostName) since \(Date().formatted(.iso8601))\n"
    do throws(SystemError) {
      try disk.write(Array(text.utf8), to: path)
    } catch {
      if error.code == EEXIST { return nil }
      throw .system(error)
    }
    let file = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw .system(.last)
    }
    if flock(file, LOCK_EX | LOCK_NB) == 0 {
      // Somebody may have taken it for a dead one's before it was locked.
      if identity(of: file) == FileIdentity(of: path) {
        return FileLock(path: path, file: file, isReal: true, disk: disk)
      }
    } else if errno != EWOULDBLOCK {
      return FileLock(path: path, file: file, isReal: false, disk: disk)
    }
    close(file)
    return nil
  }

  private enum Sight {
    case nothing
    case living(owner: String)
    /// The open file, which is locked now, unless the file system has no locks.
    case dead(Int32, isKnown: Bool)
  }

  private static func look(_ path: String) throws(Fault) -> Sight {
    var file = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    // Somebody else's file may be locked without the right to write to it.
    if file < 0, errno == EACCES { file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK) }
    guard file >= 0 else {
      switch errno {
      case ENOENT: return .nothing
      case ELOOP, EISDIR, ENXIO, EMLINK: throw .foreign
      default: throw .system(.last)
      }
    }
    guard let text = text(of: file) else {
      close(file)
      throw .foreign
    }
    if flock(file, LOCK_EX | LOCK_NB) == 0 { return .dead(file, isKnown: true) }
    // Without locks, nobody can be seen to live.
    if errno != EWOULDBLOCK { return .dead(file, isKnown: false) }
    close(file)
    return .living(owner: String(text.dropFirst(heading.count).prefix { $0 != "\n" }))
  }

  /// The text of a lock of ours, `nil` for anything else. One that has just been made may have none yet.
  private static func text(of file: Int32) -> String? {
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size < 1024 else { return nil }
    let bytes = [UInt8](unsafeUninitializedCapacity: 1024) { buffer, filled in
      filled = max(0, pread(file, buffer.baseAddress, 1024, 0))
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.isEmpty || text.hasPrefix(heading) ? text : nil
  }

  private static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "a machine without a name" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func identity(of file: Int32) -> FileIdentity? {
    var status = stat()
    return fstat(file, &status) == 0 ? FileIdentity(status) : nil
  }
}
