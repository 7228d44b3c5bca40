import Foundation

/// A sign that a process is using a folder: a file that the process keeps locked for as long as it does.
///
/// The lock goes with the process, however it ends, and so tells whether the process lives. Other machines that share the
/// folder may not see the lock; what another machine left counts as alive for a day after its last sign.
public final class Lease: Sendable {
  /// The file's name, of which there is no other.
  public let name: String
  /// When the use began, in nanoseconds since 1970 by the clock of the file system.
  public let began: Int

  private let path: String
  private let state: Guarded<State>

  private struct State {
    /// −1 after the end.
    var descriptor: Int32
    var lastSign = ContinuousClock.now
  }

  /// Begins to use a folder.
  ///
  /// - Parameter folder: where signs are kept; it must be there.
  public init(in folder: String) throws(SystemError) {
    name = UUID().uuidString
    path = folder + "/" + name
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .last }
    // Where there are no locks, the file's age has to do.
    while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    var status = stat()
    let stamp = fstat(descriptor, &status) == 0 ? FileStamp(status) : nil
    // Written under the lock: a file that has the line and no lock is a dead process's.
    let failure = PlainFiles.append("\(Self.boot)\n\(stamp?.modified ?? 0)\n".utf8, to: descriptor)
    guard let stamp, failure == nil else {
      unlink(path)
      close(descriptor)
      throw failure ?? SystemError(code: EIO)
    }
    began = stamp.modified
    state = Guarded(State(descriptor: descriptor))
  }

  deinit { end() }

  /// Ends the use.
  public func end() {
    state.withLock { state in
      guard state.descriptor >= 0 else { return }
      unlink(path)
      close(state.descriptor)
      state.descriptor = -1
    }
  }

  /// Says again, once a minute at most, that the use goes on.
  public func renew() {
    state.withLock { state in
      guard state.descriptor >= 0, ContinuousClock.now - state.lastSign > .seconds(60) else { return }
      state.lastSign = .now
      futimens(state.descriptor, nil)
    }
  }

  // MARK: - Others

  /// A sign in a folder.
  public struct Sign: Sendable {
    /// The file's name.
    public let name: String
    /// When the use began, in nanoseconds since 1970 by the clock of the file system.
    public let began: Int
    /// Whether the process may be alive.
    public let isAlive: Bool
  }

  /// The signs of others in the folder in which this one lies.
  ///
  /// - Throws: the system's reason where the folder cannot be listed: others may be there all the same.
  public func others() throws(SystemError) -> [Sign] {
    let folder = (path as NSString).deletingLastPathComponent
    let names = try OpenFolder(folder).names()
    return names.filter { $0 != name && UUID(uuidString: $0) != nil }.compactMap {
      Self.sign($0, in: folder, now: began)
    }
  }

  /// Removes the sign of a process that does not live any more.
  public func remove(_ sign: Sign) {
    guard !sign.isAlive else { return }
    unlink((path as NSString).deletingLastPathComponent + "/" + sign.name)
  }

  private static func sign(_ name: String, in folder: String, now: Int) -> Sign? {
    let descriptor = open(folder + "/" + name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard let file = try? RegularFile(descriptor: descriptor, atMost: 4096) else { return nil }
    let lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    let began = lines.count == 2 ? Int(lines[1]) ?? file.stamp.modified : file.stamp.modified
    let isLocked = flock(descriptor, LOCK_SH | LOCK_NB) != 0
    let isSeen = isLocked ? errno == EWOULDBLOCK : lines.first == boot
    let day = 86_400_000_000_000
    return Sign(
      name: name, began: began, isAlive: isSeen ? isLocked : now - day < file.stamp.modified)
  }

  /// Tells machines apart, and the times for which they run: a lock is seen by all that run under one system.
  private static let boot: String = {
    #if canImport(Darwin)
      var size = 0
      if sysctlbyname("kern.bootsessionuuid", nil, &size, nil, 0) == 0, size > 1 {
        var text = [UInt8](repeating: 0, count: size)
        if sysctlbyname("kern.bootsessionuuid", &text, &size, nil, 0) == 0 {
          return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
        }
      }
    #else
      if let file = try? RegularFile("/proc/sys/kernel/random/boot_id", atMost: 4096) {
        return String(decoding: file.bytes.prefix { $0 > 0x20 }, as: UTF8.self)
      }
    #endif
    return ProcessInfo.processInfo.hostName
  }()
}
