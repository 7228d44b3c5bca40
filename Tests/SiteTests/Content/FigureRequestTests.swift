import Diagnostics
import Site
import Testing
import Vocabulary

@Suite("Blocks with several pictures or networks")
struct FigureRequestTests {
  private static let files: [String: String?] = [
    "images/a1.png": "pixels", "images/a2.png": "pixels", "images/.hidden.png": "pixels", "images/b.jpg": "pixels",
    "models/other.md": """
    ---
    title: Other
    file: net/model.onnx
    input: {size: 64}
    layer: its/own
    ---
    """,
  ]

  private func page(_ yaml: String) -> String { "---\ntitle: A\nmodel: net\n---\n```explain\n\(yaml)\n```\n" }

  private func figure(_ yaml: String) throws -> FigureRequest {
    try #require(ContentFixture.figures(inExperiment: page(yaml), Self.files).first)
  }

  private func faults(_ yaml: String) throws -> String {
    try ContentFixture.faults(Self.files.merging(["experiments/a.md": page(yaml)]) { $1 })
  }

  @Test("each picture is asked about under each network, by its own card")
  func parts() throws {
    let figure = try figure(
      "image: [photo.png, b.jpg]\nmodel: [net, other]\ntop: 1\ncolumns: models\ncaption: Two by two.")
    #expect(figure.id.description == "experiments/a.md#1")
    #expect(figure.columns == .models)
    #expect(figure.caption == "Two by two.")
    #expect(figure.parts.map(\.image.value.name) == ["photo.png", "photo.png", "b.jpg", "b.jpg"])
    #expect(figure.parts.map(\.model.value) == ["net", "other", "net", "other"])
    #expect(figure.parts.map { $0.layers.map(\.value) } == [[], ["its/own"], [], ["its/own"]])
    #expect(figure.parts.map(\.id.part) == [1, 2, 3, 4])
  }

  @Test("a star stands for any characters of a file's name, in the order of names")
  func patterns() throws {
    #expect(try figure("image: a*.png\ntop: 1").parts.map(\.image.value.name) == ["a1.png", "a2.png"])
    #expect(try figure("image: /images/*p*g\ntop: 1").parts.map(\.image.value.name).contains("b.jpg"))
    #expect(
      try figure("image: /images/*.png\ntop: 1").parts.map(\.image.value.name) == ["a1.png", "a2.png", "photo.png"])
  }

  @Test("one description is for all pictures, and else there is one for each")
  func descriptions() throws {
    #expect(try figure("image: [a1.png, a2.png]\ntop: 1\nalt: Both.").parts.map(\.alt) == ["Both.", "Both."])
    #expect(try figure("image: [a1.png, a2.png]\ntop: 1\nalt: [One., Two.]").parts.map(\.alt) == ["One.", "Two."])
  }

  @Test("evidence is asked of maps: a figure of boxes has none, and its block is told")
  func evidence() throws {
    let asked = "image: photo.png\ntop: 1\nevidence: true\nmethods: "
    #expect(
      try faults(asked + "localization")
        == "content/experiments/a.md:5: warning: Evidence is about maps, and this figure shows boxes alone. "
        + "Add `grad-cam` to its methods, or leave out `evidence: true`.")
    #expect(try faults(asked + "[localization, grad-cam]") == "")
  }

  @Test(
    "what cannot be is told where it stands",
    arguments: [
      (
        "image: [a1.png, a2.png]\ntop: 1\nalt: [x, y, z]",
        "content/experiments/a.md:8:7: error: There are 3 descriptions of 2 pictures. "
          + "Give one for each picture, or one for all."
      ),
      (
        "image: none*.png\ntop: 1",
        "content/experiments/a.md:6:8: error: There is no image “none*.png” in content/experiments or content/images. "
          + "Put pictures there, or write their names."
      ),
      (
        "image: im*/a.png\ntop: 1",
        "content/experiments/a.md:6:8: error: “im*/a.png” has a “*” in the name of a folder. "
          + "Only a file’s own name may have one."
      ),
      (
        "image: ../../*.png\ntop: 1",
        "content/experiments/a.md:6:8: error: The image “../../*.png” lies outside of content. "
          + "Copy the files into content."
      ),
      (
        "image: [a1.png, a*.png]\ntop: 1",
        "content/experiments/a.md:6:17: error: “image” names the same thing twice. Remove one of them."
      ),
      (
        "image: a1.png\ntop: 1\nmodel: [net, net]",
        "content/experiments/a.md:8:14: error: “model” names the same thing twice. Remove one of them."
      ),
      (
        "image: a1.png\ntop: 1\ncolumns: model",
        "content/experiments/a.md:8:10: error: “model” is not a value of “columns”. Did you mean “models”?"
      ),
    ])
  func refusals(yaml: String, fault: String) throws {
    #expect(try faults(yaml) == fault)
  }
}
