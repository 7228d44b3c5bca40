import Foundation

/// The bytes of files, piece by piece: a file may be larger than memory, and may change while it is read.
public enum FileContents {
  private static let pieceSize = 1 << 18

  /// Calls `body` with all bytes of a regular file, piece by piece.
  ///
  /// A file that shrinks meanwhile simply ends; it is not mapped, which would end the program.
  public static func forEachPiece(
    of path: String, _ body: (UnsafeRawBufferPointer) throws(SystemError) -> Void
  ) throws(SystemError) {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw .last }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .last }
    guard status.st_mode & S_IFMT == S_IFREG else { throw SystemError(code: EINVAL) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceSize, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = Foundation.read(file, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .last }
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// The SHA-256 of a regular file, in hexadecimal digits.
  public static func hash(of path: String) throws(SystemError) -> String {
    do throws(RegularFile.Fault) {
      return try FileDigest(ofFileAt: path).hexadecimal
    } catch {
      guard case .system(let error) = error else { throw SystemError(code: EINVAL) }
      throw error
    }
  }

  /// Whether a regular file holds these bytes and no others.
  public static func of(_ path: String, equal bytes: [UInt8]) throws(SystemError) -> Bool {
    var position = 0
    var isEqual = true
    try forEachPiece(of: path) { piece in
      guard isEqual, bytes.count - position >= piece.count, let start = piece.baseAddress else {
        return isEqual = false
      }
      isEqual = bytes.withUnsafeBytes { bytes in
        bytes.baseAddress.map { memcmp($0 + position, start, piece.count) == 0 } ?? false
      }
      position += piece.count
    }
    return isEqual && position == bytes.count
  }
}
