import Diagnostics
import Imaging
import Testing

@Suite("Hostile input")
struct HostileInputTests {
  static let files = try? Fixture.names(withExtension: "png") + Fixture.names(withExtension: "jpg")

  /// Decoding may fail, but only with a diagnostic.
  private func decode(_ bytes: [UInt8]) throws {
    do {
      _ = try Image(decoding: bytes, name: "hostile")
    } catch is Diagnostic {}
  }

  @Test("A file cut off anywhere is refused", arguments: files ?? [])
  func truncations(name: String) throws {
    let bytes = try Fixture.bytes(name)
    for length in stride(from: 0, to: bytes.count, by: 37) {
      #expect(throws: Diagnostic.self) { try Image(decoding: Array(bytes.prefix(length)), name: name) }
    }
  }

  @Test("A flipped bit gives a diagnostic or a picture", arguments: files ?? [])
  func flippedBits(name: String) throws {
    let bytes = try Fixture.bytes(name)
    for position in stride(from: 0, to: bytes.count, by: 5) {
      var flipped = bytes
      flipped[position] ^= 1 << (position / 5 % 8)
      try decode(flipped)
    }
  }

  @Test("An Exif block whose offsets point anywhere leaves the picture as it is")
  func exif() throws {
    let bytes = try Fixture.bytes("orientation6.jpg")
    let start = try #require(bytes.indices.first { bytes[$0...].starts(with: "Exif".utf8) }) + 6
    for position in start..<start + 40 {
      for value: UInt8 in [0, 0x7F, 0xFF] {
        var changed = bytes
        changed[position] = value
        #expect(throws: Never.self) { try Image(decoding: changed, name: "exif") }
      }
    }
  }
}
