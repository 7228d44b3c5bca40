import Testing

@testable import Site

@Suite("A picture in sizes")
struct PictureTests {
  private static func picture(_ widths: [Int], own: Int) -> Figure.Picture {
    Figure.Picture(
      path: "own.jpg", width: own, height: own / 2, alt: "a",
      copies: widths.map { Figure.Picture.Copy(path: "\($0).jpg", width: $0, height: $0 / 2) })
  }

  @Test(
    "what is shown small is the smallest that is wide enough, with what finer screens need",
    arguments: [
      ([], 900, 900, []), ([400], 768, 400, [400, 768]), ([400, 800], 1600, 400, [400, 800]), ([400], 900, 400, []),
    ])
  func fitting(copies: [Int], own: Int, width: Int, sources: [Int]) {
    let fit = Self.picture(copies, own: own).fitting(400)
    #expect(fit.width == width && fit.height == width / 2 && fit.alt == "a")
    #expect(fit.url == .file(width == own ? "own.jpg" : "\(width).jpg"))
    #expect(fit.sources.map(\.width) == sources)
  }

  @Test("a place that is wider than all copies gets the picture itself")
  func wide() {
    let picture = Self.picture([400], own: 768)
    #expect(picture.fitting(700).url == .file("own.jpg"))
    #expect(picture.fitting(2000).sources.map(\.width) == [400, 768])
  }
}
