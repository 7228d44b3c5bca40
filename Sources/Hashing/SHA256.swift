import COpenSSL

/// SHA-256 of bytes that come piece by piece. Source: FIPS 180-4; computed by OpenSSL's libcrypto.
public struct SHA256 {
  private var context = SHA256_CTX()

  /// Begins a hash of nothing.
  public init() { SHA256_Init(&context) }

  /// Appends bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count > 0 else { return }
    SHA256_Update(&context, bytes.baseAddress, bytes.count)
  }

  /// Appends bytes.
  public mutating func update(_ bytes: some Collection<UInt8>) {
    if bytes.withContiguousStorageIfAvailable({ update(UnsafeRawBufferPointer($0)) }) == nil {
      Array(bytes).withUnsafeBytes { update($0) }
    }
  }

  /// The digest of everything appended so far, 32 bytes.
  public var digest: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Self.digestLength) { buffer, count in
      var context = context
      SHA256_Final(buffer.baseAddress, &context)
      count = Self.digestLength
    }
  }

  /// Bytes of a digest.
  public static let digestLength = Int(SHA256_DIGEST_LENGTH)

  /// The digest of `bytes`, 32 bytes.
  public static func hash(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.digest
  }
}

extension Sequence where Element == UInt8 {
  /// The bytes as hexadecimal digits in lower case, two each.
  public var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in self {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
