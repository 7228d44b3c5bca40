public import Foundation

extension SHA256 {
  /// The digest of a file, 32 bytes. Its pages are read one after the other and not all kept.
  ///
  /// - Throws: the system's error where it cannot be read.
  public static func hash(ofFileAt url: URL) throws -> [UInt8] {
    hash(try Data(contentsOf: url, options: .mappedIfSafe))
  }
}
