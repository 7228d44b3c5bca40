import Foundation

/// A regular file that is held open to be read piece by piece, whatever becomes of its path meanwhile.
public final class OpenedFile: Sendable {
  /// Bytes.
  public let count: Int
  /// The stamp when it was opened.
  public let stamp: FileStamp
  private let descriptor: Int32

  /// Opens the file at `path`, a link's target included; `nil` for anything but a regular file that may be read.
  public init?(_ path: String) {
    // Without O_NONBLOCK, opening a pipe waits for its writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    guard fstat(descriptor, &status) == 0, let stamp = FileStamp(status) else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
    self.stamp = stamp
    count = stamp.size
  }

  deinit { close(descriptor) }

  /// The bytes from `offset` on, as many as come in one piece; none at the end, or where the file cannot be read.
  public func piece(at offset: Int) -> [UInt8] {
    let wanted = min(1 << 16, count - offset)
    guard wanted > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
      var count: Int
      repeat {
        count = pread(descriptor, buffer.baseAddress, wanted, off_t(offset))
      } while count < 0 && errno == EINTR
      filled = max(0, count)
    }
  }
}
