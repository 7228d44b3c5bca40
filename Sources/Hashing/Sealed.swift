/// Bytes that carry their own SHA-256 in front, so that damage is seen.
public enum Sealed {
  /// The digest of `bytes`, and `bytes`.
  public static func seal(_ bytes: [UInt8]) -> [UInt8] { SHA256.hash(bytes) + bytes }

  /// The bytes behind their digest, or `nil` where the digest is another's.
  public static func open(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count >= SHA256.digestLength else { return nil }
    let content = Array(bytes[SHA256.digestLength...])
    return SHA256.hash(content).elementsEqual(bytes[..<SHA256.digestLength]) ? content : nil
  }
}
