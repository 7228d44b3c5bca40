import Foundation
import Imaging
import TestSupport
import Testing

@testable import Gallery

@Suite("Pictures in texts")
struct TextPictureTests {
  @Test("say how large they are, and are loaded when they are near; what has no size is as it was written")
  func sizes() throws {
    let site = try TabletopSite([
      "a": "---\ntitle: A\n---\n![A mug](mug-apple.jpg \"t\") ![A mark](/mark.svg) ![Far](https://example.org/x.png)\n"
    ])
    try site.folder.write("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", to: "content/static/mark.svg")
    _ = try site.build()
    let html = try site.text("experiments/a.html")
    #expect(
      html.contains(
        """
        <img src="../images/mug-apple.jpg" alt="A mug" title="t" width="768" height="768" loading="lazy" decoding="async" /> \
        <img src="../mark.svg" alt="A mark" /> <img src="https://example.org/x.png" alt="Far" />
        """))
    let copies = try site.folder.files(in: "public").keys.filter { $0.hasSuffix("mug-apple.jpg") }
    #expect(copies == ["images/mug-apple.jpg"])
  }

  @Test("say so anew where another file takes their place while the site is being written")
  func changed() throws {
    let site = try TabletopSite(["a": "---\ntitle: A\n---\n![A mug](picture.jpg)\n"])
    let file = site.folder.url.appendingPathComponent("content/images/picture.jpg")
    let photo = try Data(contentsOf: TabletopContent.photo)
    try photo.write(to: file)
    let session = SiteSession(site.options)
    _ = try session.build()
    #expect(try site.text("experiments/a.html").contains("width=\"768\" height=\"768\""))
    let small = try Image(contentsOfFile: file.path).resized(width: 30, height: 20)
    try Data(small.jpegData()).write(to: file)
    _ = try session.build()
    #expect(try site.text("experiments/a.html").contains("width=\"30\" height=\"20\""))
  }
}
