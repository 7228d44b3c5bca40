import Files
import Testing

@Suite("What a file is")
struct FileKindTests {
  @Test(
    "told by how it begins",
    arguments: [
      ([], .empty), ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png), (Array("GIF89a".utf8), .gif),
      (Array("RIFF....WEBPVP8 ".utf8), .webP), (Array("....ftypmif1".utf8), .heic),
      (Array("....ftypisom".utf8), .video),
      (Array("<?xml version='1.0'?><svg/>".utf8), .svg), (Array("<?xml version='1.0'?><net/>".utf8), .xml),
      (Array("\u{FEFF}<!doctype HTML>".utf8), .html), (Array("  {\"a\": 1}".utf8), .json),
      (Array("tench\ngoldfish".utf8), .text),
      ([UInt8](repeating: 0, count: 20), .zeros), ([0, 0, 0, 0x0C] + Array("JXL ".utf8), .jpegXL),
    ] as [([UInt8], FileKind)])
  func kind(bytes: [UInt8], kind: FileKind) { #expect(FileKind(bytes) == kind) }

  @Test(
    "nothing is made up", arguments: [[8, 7, 0x12, 3, 0x61], [0xE9, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68]])
  func unknown(bytes: [UInt8]) { #expect(FileKind(bytes) == nil) }

  @Test("a long text is known although its first bytes may end inside a character")
  func longText() {
    #expect(FileKind(Array(String(repeating: "é", count: 5000).utf8.dropFirst(0))) == .text)
    #expect(FileKind(Array(("a" + String(repeating: "é", count: 5000)).utf8)) == .text)
  }
}
