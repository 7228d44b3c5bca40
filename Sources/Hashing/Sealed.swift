/// Bytes that carry a SHA-256 in front, so that damage is seen, and that they lie where they belong.
public enum Sealed {
  /// The digest of `name` and `bytes`, and `bytes`.
  ///
  /// - Parameter name: what the bytes are kept as; they cannot be opened as anything else.
  public static func seal(_ bytes: [UInt8], as name: String = "") -> [UInt8] { digest(bytes, name) + bytes }

  /// The bytes behind their digest, or `nil` where the digest is another's.
  public static func open(_ bytes: [UInt8], as name: String = "") -> [UInt8]? {
    guard bytes.count >= SHA256.digestLength else { return nil }
    let content = bytes[SHA256.digestLength...]
    return digest(content, name).elementsEqual(bytes[..<SHA256.digestLength]) ? Array(content) : nil
  }

  private static func digest(_ bytes: some Collection<UInt8>, _ name: String) -> [UInt8] {
    var hash = SHA256()
    // Told with its length, so that the name's end and the bytes' beginning cannot be mistaken for each other.
    if !name.isEmpty { hash.update(Array("\(name.utf8.count):\(name)".utf8)) }
    hash.update(bytes)
    return hash.digest
  }
}
