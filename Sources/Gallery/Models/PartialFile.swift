import Diagnostics
import Foundation
import Hashing

/// A file that is being written beside its place and takes it in one step, when it is whole: nobody ever sees half.
///
/// A process that is killed leaves its part behind; the next one begins it anew. Two at a time are refused.
final class PartialFile {
  /// Where the bytes are until they are whole: `.NAME.part` in the same folder.
  let path: String
  /// Bytes so far.
  private(set) var count = 0
  private let target: String
  private let descriptor: Int32
  private var hash = SHA256()
  private var isOpen = true

  /// The path of the part of a file.
  static func path(for target: String) -> String {
    let url = URL(fileURLWithPath: target)
    return url.deletingLastPathComponent().appendingPathComponent(".\(url.lastPathComponent).part").path
  }

  /// Begins the file at `target`, making its folder where there is none.
  ///
  /// - Throws: `Diagnostic` where the system or another process does not allow it.
  init(_ target: String) throws(Diagnostic) {
    self.target = target
    path = Self.path(for: target)
    let folder = URL(fileURLWithPath: target).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw .error("The folder “\(folder.path)” cannot be made.")
    }
    descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.fault("“\(target)” cannot be written", errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .error("“\(target)” is being fetched already.", hint: "Wait until the other sitegen is done.")
    }
    guard ftruncate(descriptor, 0) == 0 else {
      let code = errno
      discard()
      throw Self.fault("“\(target)” cannot be written", code)
    }
  }

  /// Ends the work: what is not in its place by now is removed.
  func discard() {
    guard isOpen else { return }
    isOpen = false
    unlink(path)
    close(descriptor)
  }

  /// Appends bytes.
  func append(_ data: Data) throws(Diagnostic) {
    hash.update(data)
    var rest = data[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard written >= 0 || errno == EINTR else { throw Self.fault("“\(target)” cannot be written", errno) }
      rest = rest.dropFirst(max(0, written))
    }
    count += data.count
  }

  /// The SHA-256 of the bytes so far, in hexadecimal digits.
  var digest: String { hash.digest.hexadecimal }

  /// Puts the file in its place.
  func commit() throws(Diagnostic) {
    guard fsync(descriptor) == 0, rename(path, target) == 0 else {
      throw Self.fault("“\(target)” cannot be written", errno)
    }
    isOpen = false
    close(descriptor)
  }

  private static func fault(_ what: String, _ code: Int32) -> Diagnostic {
    .error("\(what): \(String(cString: strerror(code))).", hint: "Check the folder’s permissions and the free space.")
  }
}
