import Diagnostics
import Foundation
import Imaging
import Testing

@Suite("Files that cannot be decoded")
struct DecodingErrorTests {
  private func expect(
    _ bytes: some Sequence<UInt8>, toFailWith message: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: Diagnostic.self, sourceLocation: sourceLocation) {
      try Image(decoding: Array(bytes), name: "a.png")
    }
    #expect(error.map(String.init) == message, sourceLocation: sourceLocation)
  }

  @Test("Missing files and folders")
  func paths() throws {
    let missing = #expect(throws: Diagnostic.self) { try Image(contentsOfFile: "no/such.png") }
    #expect(
      missing?.description
        == "no/such.png: error: There is no such file. Check the path, and upper and lower case in it.")
    let folder = #expect(throws: Diagnostic.self) { try Image(contentsOfFile: "/") }
    #expect(
      folder?.description == "/: error: This is a folder, not a picture. Name a PNG or JPEG file inside it.")
  }

  @Test(
    "Other formats are named",
    arguments: [
      ("GIF89a....", "This is a GIF picture"), ("RIFF....WEBPVP8 ", "This is a WebP picture"),
      ("....ftypheic....", "This is an HEIC picture"), ("....ftypavif....", "This is an AVIF picture"),
      ("....ftypisom....", "This is a video"), ("BM......", "This is a BMP picture"),
      ("II*\0....", "This is a TIFF picture"), ("%PDF-1.7", "This is a PDF document"),
      ("<svg xmlns=", "This is an SVG drawing"), ("hello", "This is not a picture in a known format"),
    ])
  func otherFormats(start: String, found: String) {
    expect(start.utf8, toFailWith: "a.png: error: \(found); only PNG and JPEG can be read. Convert it to PNG or JPEG.")
  }

  @Test("Empty files, and pointers in place of files")
  func placeholders() {
    expect([], toFailWith: "a.png: error: The file is empty. Export the picture again as PNG or JPEG.")
    expect(
      "version https://git-lfs.github.com/spec/v1\n".utf8,
      toFailWith: "a.png: error: This is a Git LFS pointer, not the picture itself. Run “git lfs pull”.")
  }

  @Test("Files that are cut off")
  func truncated() throws {
    let png = try Fixture.bytes("rgb8.png")
    let cutOff = "a.png: error: The PNG file is cut off: it ends after 500 bytes, in the middle of the picture."
    expect(png.prefix(500), toFailWith: cutOff + " Copy or export it again.")
    let jpeg = try Fixture.bytes("baseline.jpg")
    expect(
      jpeg.dropLast(60),
      toFailWith:
        "a.png: error: The JPEG file is cut off: it ends in the middle of the picture. Copy or export it again.")
  }

  @Test("Files that are damaged")
  func damaged() throws {
    let width = 19
    var png = try Fixture.bytes("rgb8.png")
    png[width] ^= 1
    expect(
      png,
      toFailWith:
        "a.png: error: The PNG file cannot be decoded: libpng says “IHDR: CRC error”. Export the picture again.")
    var jpeg = try Fixture.bytes("baseline.jpg")
    let frame = try #require(jpeg.indices.dropLast().first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 })
    let precision = frame + 4
    jpeg[precision] = 12
    expect(
      jpeg,
      toFailWith:
        "a.png: error: The JPEG file cannot be decoded: TurboJPEG says “Unsupported JPEG data precision 12”. "
        + "Export the picture again.")
  }

  @Test("Stray bytes before the end of a JPEG file do no harm")
  func strayBytes() throws {
    var jpeg = try Fixture.bytes("baseline.jpg")
    jpeg.insert(contentsOf: [0, 0, 0], at: jpeg.count - 2)
    #expect(try Image(decoding: jpeg, name: "a.jpg") == Image(contentsOfFile: Fixture.path("baseline.jpg")))
  }

  @Test("A size beyond the limit is refused from the header alone")
  func tooLarge() throws {
    var jpeg = try Fixture.bytes("baseline.jpg")
    let frame = try #require(jpeg.indices.dropLast().first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 })
    // Length (2 bytes), precision (1), height (2), width (2).
    jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0x9C, 0x40, 0x9C, 0x40])
    for bytes in [jpeg, try Fixture.bytes("too-large")] {
      expect(
        bytes,
        toFailWith: "a.png: error: The picture has 40000 × 40000 pixels; at most 268435456 can be handled. "
          + "Shrink it: no network sees more than a thousand pixels a side.")
    }
  }
}
