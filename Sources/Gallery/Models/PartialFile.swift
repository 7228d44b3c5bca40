import Diagnostics
import Files
import Foundation
import Hashing

/// A file that is being written beside its place and takes it in one step, when it is whole: nobody ever sees half.
///
/// What a broken transfer leaves is kept, so that the next one goes on from there. Two at a time are refused. Nothing is
/// written through a link, nor into a file that has other names.
final class PartialFile {
  /// Where the bytes are until they are whole: `.NAME.part` in the same folder.
  let path: String
  /// Bytes so far.
  private(set) var count = 0
  private let target: String
  private let descriptor: Int32
  /// Whether an earlier transfer left some of the bytes.
  private(set) var isResumed = false
  private var hash = SHA256()
  private var isOpen = true

  /// Opens the part of the file at `target`, or begins it, making its folder where there is none.
  ///
  /// - Throws: `Diagnostic` where the system or another process does not allow it.
  init(_ target: String) throws(Diagnostic) {
    self.target = target
    let parent = (target as NSString).deletingLastPathComponent
    let folder = parent.isEmpty ? "." : parent
    path = folder + "/.\((target as NSString).lastPathComponent).part"
    do throws(SystemError) {
      try PlainFiles.makeFolder(folder)
    } catch {
      throw .error("The folder “\(folder)” cannot be made: \(error).")
    }
    descriptor = try Self.open(path, target: target)
  }

  /// Opens and locks the part.
  private static func open(_ path: String, target: String) throws(Diagnostic) -> Int32 {
    // Another process may put the file in its place between the opening and the lock.
    for _ in 1...100 {
      let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else {
        if errno == ELOOP { throw .error("“\(path)” is a link, and nothing is written through links.", hint: remove) }
        throw fault("“\(target)” cannot be written", errno)
      }
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_nlink <= 1 else {
        Foundation.close(descriptor)
        throw .error("“\(path)” is not a regular file with one name.", hint: remove)
      }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        Foundation.close(descriptor)
        throw .error("“\(target)” is being fetched already.", hint: "Wait until the other sitegen is done.")
      }
      var there = stat()
      if lstat(path, &there) == 0, there.st_ino == status.st_ino, there.st_dev == status.st_dev { return descriptor }
      Foundation.close(descriptor)
    }
    throw .error("“\(path)” is taken away again and again.")
  }

  private static let remove = "Remove it."

  /// Reads what an earlier transfer has left, up to `limit` bytes; more than that cannot be of this file, and goes.
  ///
  /// - Throws: `Diagnostic` with the system's reason.
  func resume(atMost limit: Int) throws(Diagnostic) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size <= limit else { return try restart() }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let read = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, off_t(count)) }
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { throw Self.fault("“\(path)” cannot be read", errno) }
      guard read > 0 else { break }
      hash.update(buffer[..<read])
      count += read
    }
    isResumed = count > 0
    guard count <= limit, lseek(descriptor, off_t(count), SEEK_SET) >= 0 else { return try restart() }
  }

  /// Begins again with nothing.
  func restart() throws(Diagnostic) {
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw Self.fault("“\(target)” cannot be written", errno)
    }
    hash = SHA256()
    count = 0
    isResumed = false
  }

  /// Ends the work: a part that is not in its place by now is kept or removed.
  func close(keeps: Bool) {
    guard isOpen else { return }
    isOpen = false
    if !keeps || count == 0 { unlink(path) }
    Foundation.close(descriptor)
  }

  /// Appends bytes.
  func append(_ data: Data) throws(Diagnostic) {
    hash.update(data)
    if let failure = PlainFiles.append(data, to: descriptor) {
      throw Self.fault("“\(target)” cannot be written", failure.code)
    }
    count += data.count
  }

  /// The SHA-256 of the bytes so far, in hexadecimal digits.
  var digest: String { hash.digest.hexadecimal }

  /// Puts the file in its place, where nothing may lie.
  func commit() throws(Diagnostic) {
    guard fsync(descriptor) == 0 else { throw Self.fault("“\(target)” cannot be written", errno) }
    // Unlike renaming, this never takes another file's place.
    if link(path, target) == 0 {
      unlink(path)
    } else if errno == EEXIST || PlainFiles.hasAnything(at: target) {
      throw .error("“\(target)” has come from elsewhere meanwhile.", hint: "Try again.")
    } else if rename(path, target) != 0 {
      throw Self.fault("“\(target)” cannot be written", errno)
    }
    isOpen = false
    Foundation.close(descriptor)
  }

  private static func fault(_ what: String, _ code: Int32) -> Diagnostic {
    .error("\(what): \(String(cString: strerror(code))).", hint: "Check the folder’s permissions and the free space.")
  }
}
