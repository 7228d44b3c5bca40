import Foundation

/// The bytes of a regular file together with the stamp that it had while they were read.
///
/// Only regular files are opened: a pipe or a device could be waited for without end. The size is checked before a byte is
/// read, and no more is read than allowed even where the file grows meanwhile.
public struct RegularFile: Sendable {
  /// Why a file was not read.
  public enum Fault: Error, Equatable {
    /// The system refused.
    case system(SystemError)
    /// It is a folder, a pipe, a device or a socket.
    case notRegular
    /// It has more bytes than `limit`.
    case tooLarge(limit: Int)
  }

  /// All bytes of the file.
  public let bytes: [UInt8]
  /// The stamp before the first byte was read.
  public let stamp: FileStamp

  /// Reads the file at `path`, a link's target included.
  ///
  /// - Parameter limit: the most bytes that it may have.
  public init(_ path: String, atMost limit: Int) throws(Fault) {
    // Without O_NONBLOCK, opening a pipe waits for its writer.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw .system(.last) }
    defer { close(file) }
    try self.init(descriptor: file, atMost: limit)
  }

  /// Reads an open file.
  init(descriptor file: Int32, atMost limit: Int) throws(Fault) {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .system(.last) }
    guard let stamp = FileStamp(status) else { throw .notRegular }
    guard stamp.size <= limit else { throw .tooLarge(limit: limit) }
    self.stamp = stamp
    bytes = try Self.read(file, expecting: stamp.size, atMost: limit)
  }

  private static func read(_ file: Int32, expecting size: Int, atMost limit: Int) throws(Fault) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    var failure: SystemError?
    repeat {
      // One more than expected, so that the end of the file is seen in one call.
      let wanted = max(1, size - bytes.count) + 1
      let chunk = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
        var count: Int
        repeat {
          count = Foundation.read(file, buffer.baseAddress, wanted)
        } while count < 0 && errno == EINTR
        if count < 0 { failure = .last }
        filled = max(0, count)
      }
      if let failure { throw .system(failure) }
      if chunk.isEmpty { return bytes }
      bytes = bytes.isEmpty ? chunk : bytes + chunk
      guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    } while true
  }
}

extension RegularFile.Fault: CustomStringConvertible {
  /// The reason as a clause: `it is larger than 16 MiB`.
  public var description: String {
    switch self {
    case .system(let error): error.description
    case .notRegular: "it is not a regular file"
    case .tooLarge(let limit): "it is larger than \(Self.text(limit))"
    }
  }

  private static func text(_ bytes: Int) -> String {
    bytes % 1_048_576 == 0 ? "\(bytes / 1_048_576) MiB" : "\(bytes) bytes"
  }
}
