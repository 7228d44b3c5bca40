import Hashing

/// Stands for everything that something is made from: of the same fingerprint, it is the same to the last byte.
///
/// Swift takes two texts for equal that read the same; a page that is made from the other one has other bytes. So values that
/// are kept are told apart by a hash of their bytes, and never by comparing them.
public struct Fingerprint: Hashable, Sendable {
  /// A SHA-256, 32 bytes.
  private let digest: [UInt8]

  /// The fingerprint of what `tell` tells.
  init<Failure: Error>(_ tell: (inout Account) throws(Failure) -> Void) throws(Failure) {
    var account = Account()
    try tell(&account)
    digest = SHA256.hash(account.bytes)
  }

  /// The fingerprint of texts in their order.
  public init(of texts: [String]) {
    self.init { account in
      for text in texts { account.add(text) }
    }
  }

  /// What a thing is made from, piece by piece.
  struct Account {
    fileprivate var bytes: [UInt8] = []

    fileprivate init() { bytes.reserveCapacity(4096) }

    /// Adds a text, with its length, so that no two lists of texts look alike.
    mutating func add(_ text: String) {
      add(text.utf8.count)
      bytes.append(contentsOf: text.utf8)
    }

    /// Adds a number; small ones take a byte.
    mutating func add(_ number: Int) {
      var rest = UInt(bitPattern: number)
      while rest >= 0x80 {
        bytes.append(UInt8(rest & 0x7F) | 0x80)
        rest >>= 7
      }
      bytes.append(UInt8(rest))
    }

    mutating func add(_ fingerprint: Fingerprint) { bytes.append(contentsOf: fingerprint.digest) }
  }
}
