import Hashing
import Testing

/// Digests from FIPS 180-4's examples (NIST CSRC, SHA256.pdf).
struct SHA256Tests {
  @Test(
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func matchesTheStandardsExamples(_ text: String, _ digest: String) {
    #expect(SHA256.hash(text.utf8).hexadecimal == digest)
  }

  @Test func aMillionLettersComePieceByPiece() {
    var hash = SHA256()
    for _ in 0..<1000 { hash.update([UInt8](repeating: 0x61, count: 1000)) }
    #expect(hash.digest.hexadecimal == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func bytesNeedNotLieTogether() {
    #expect(SHA256.hash([0x61, 0x62, 0x63].lazy.map { $0 }) == SHA256.hash("abc".utf8))
  }
}
