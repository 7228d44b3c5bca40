import Diagnostics
import Foundation
import Imaging
import TestSupport
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
    try TemporaryFolder.with { folder in
      let pipe = folder.appendingPathComponent("pipe.png").path
      try #require(mkfifo(pipe, 0o600) == 0)
      let notRegular = #expect(throws: Diagnostic.self) { try Image(contentsOfFile: pipe) }
      #expect(notRegular?.text == "This is a pipe or a device, not a picture. Name a PNG or JPEG file.")
      // A file of one byte more than the limit, without the bytes.
      let large = folder.appendingPathComponent("large.png").path
      try #require(FileManager.default.createFile(atPath: large, contents: nil))
      try #require(truncate(large, off_t(Image.maximumFileSize + 1)) == 0)
      let tooLarge = #expect(throws: Diagnostic.self) { try Image(contentsOfFile: large) }
      #expect(tooLarge?.text == "The file cannot be read: it is larger than 256 MiB. Shrink the picture.")
    }
  }

  @Test(
    "Other formats are named",
    arguments: [
      ("GIF89a....", "This is a GIF picture"), ("RIFF....WEBPVP8 ", "This is a WebP picture"),
      ("....ftypheic....", "This is an HEIC picture"), ("....ftypavif....", "This is an AVIF picture"),
      ("....ftypisom....", "This is a video"), ("BM......", "This is a BMP picture"),
      ("II*\0....", "This is a TIFF picture"), ("%PDF-1.7", "This is a PDF document"),
      ("<svg xmlns=", "This is an SVG drawing"),
      ("<?xml version=\"1.0\"?>\n<svg>", "This is an SVG drawing"), ("just a few words", "This is text"),
      ("hello", "This is not a picture in a known format"),
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

  @Test("A web page in place of a picture")
  func webPage() {
    expect(
      "<!doctype html><title>404</title>".utf8,
      toFailWith:
        "a.png: error: This is a web page, not a picture. Open it in a browser and save the picture itself.")
  }

  @Test("An animation is refused, and one of a single frame is a picture")
  func animation() throws {
    let png = try Fixture.bytes("rgb8.png")
    func animated(frames: UInt8) -> [UInt8] {
      // Behind the signature and the header: length, type, frames and repetitions, checksum (which nobody reads).
      Array(png[..<33]) + [0, 0, 0, 8] + Array("acTL".utf8) + [0, 0, 0, frames, 0, 0, 0, 0] + [0, 0, 0, 0] + png[33...]
    }
    expect(
      animated(frames: 12),
      toFailWith: "a.png: error: This is an animated PNG of 12 frames; only still pictures can be read. "
        + "Export one frame as PNG.")
    #expect(try Image(decoding: animated(frames: 1), name: "a.png") == Image(decoding: png, name: "a.png"))
  }

  @Test("A JPEG file of three hundred scans is refused before it is decoded, and one of a hundred is not")
  func scans() throws {
    let jpeg = try Fixture.bytes("progressive.jpg")
    let last = try #require(jpeg.indices.dropLast().last { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xDA })
    let scan = jpeg[last..<jpeg.count - 2]
    let count = jpeg.indices.dropLast().filter { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xDA }.count
    func repeating(_ total: Int) -> [UInt8] {
      Array(jpeg.dropLast(2)) + Array((count..<total).map { _ in scan }.joined()) + [0xFF, 0xD9]
    }
    for total in [101, 300] {
      expect(
        repeating(total),
        toFailWith: "a.png: error: The JPEG file has more than 100 scans, where progressive files have about ten: "
          + "it would take very long to decode. Export the picture again.")
    }
    #expect(throws: Never.self) { try Image(decoding: repeating(100), name: "a.jpg") }
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
        toFailWith: "a.png: error: The picture has 40000 × 40000 pixels; at most 134217728 can be handled. "
          + "Shrink it: no network sees more than a thousand pixels a side.")
    }
  }
}
