import Foundation
import Hashing

/// The SHA-256 of a regular file, read piece by piece, together with the stamp that it had.
public struct FileDigest: Sendable {
  /// 64 hexadecimal digits.
  public let hexadecimal: String
  /// The stamp before the first byte was read.
  public let stamp: FileStamp
  /// Whether the stamp was still the same behind the last byte.
  public let isSteady: Bool

  /// Reads the file at `path`, a link's target included.
  public init(ofFileAt path: String) throws(RegularFile.Fault) {
    // Without O_NONBLOCK, opening a pipe waits for its writer.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw .system(.last) }
    defer { close(file) }
    stamp = try Self.stamp(of: file)
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .system(.last) }
      guard count > 0 else { break }
      buffer.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
    hexadecimal = hash.digest.hexadecimal
    isSteady = try Self.stamp(of: file) == stamp
  }

  private static func stamp(of file: Int32) throws(RegularFile.Fault) -> FileStamp {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .system(.last) }
    guard let stamp = FileStamp(status) else { throw .notRegular }
    return stamp
  }
}
