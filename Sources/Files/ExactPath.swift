/// A path, or a name in a file, as a key that is equal only to the same bytes.
///
/// Two strings are equal to Swift where they read the same: `é` as one character and as `e` with an accent. To most file
/// systems these are two files.
public struct ExactPath: Hashable, Sendable {
  /// The path.
  public let path: String

  /// Creates a key.
  public init(_ path: String) {
    self.path = path
  }

  /// Whether the bytes are the same.
  public static func == (a: ExactPath, b: ExactPath) -> Bool { a.path.utf8.elementsEqual(b.path.utf8) }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    var path = path
    path.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension ExactPath: Comparable {
  /// Orders by bytes.
  public static func < (a: ExactPath, b: ExactPath) -> Bool { a.path.utf8.lexicographicallyPrecedes(b.path.utf8) }
}
