import Diagnostics
import Site
import Testing
import Vocabulary

@Suite("Explain blocks become requests")
struct ExplainRequestTests {
  private let opening = "---\ntitle: A\nmodel: net\n---\n"

  private func block(_ yaml: String) -> String { opening + "```explain\n\(yaml)\n```\n" }

  @Test("a block that says little gets the defaults")
  func defaults() throws {
    let request = try #require(ContentFixture.requests(inExperiment: block("image: photo.png\nclasses: cat")).first)
    let file = "content/experiments/a.md"
    #expect(request.id.description == "experiments/a.md#1.1")
    #expect(request.location == SourceLocation(file: file, line: 5))
    #expect(request.image.value.path == "images/photo.png")
    #expect(request.image.location == SourceLocation(file: file, line: 6, column: 8))
    #expect(request.model == Located("net", at: SourceLocation(file: file, line: 3, column: 8)))
    #expect(
      request.subjects.classes == .named([Located("cat", at: SourceLocation(file: file, line: 7, column: 10))]))
    #expect(request.methods == [.guidedBackprop, .gradCAM, .guidedGradCAM])
    #expect(request.layers == [])
    #expect(request.colormap == .turbo)
    #expect(request.opacity == 0.5)
    #expect(request.blend == .fade)
    #expect(request.scale == .own)
    #expect(request.threshold == 0.15)
    #expect(request.alt == nil && request.boxes == [])
  }

  @Test("a block can say everything")
  func everything() throws {
    let yaml = """
      image: photo.png
      classes: [tiger cat, 282, n02123159]
      methods: [gradient, cam, counterfactual, localization]
      layer: [a/b, c]
      colormap: magma
      opacity: 1
      blend: flat
      scale: shared
      threshold: 0.2
      alt: A cat.
      boxes:
        tiger cat: [1, 2, 3, 4]
        282: [[0, 0, 1, 1], [5.5, 6, 7, 8]]
      """
    let request = try #require(ContentFixture.requests(inExperiment: block(yaml)).first)
    guard case .named(let classes) = request.subjects.classes else {
      Issue.record("no classes")
      return
    }
    #expect(classes.map(\.value) == ["tiger cat", "282", "n02123159"])
    #expect(classes.map(\.location.column) == [11, 22, 27])
    #expect(request.methods == [.gradient, .cam, .counterfactual, .localization])
    #expect(request.layers.map(\.value) == ["a/b", "c"])
    #expect(request.colormap == .magma)
    #expect(request.opacity == 1)
    #expect(request.blend == .flat)
    #expect(request.scale == .shared)
    #expect(request.threshold == 0.2)
    #expect(request.alt == "A cat.")
    #expect(request.boxes.compactMap(\.label?.value) == ["tiger cat", "282", "282"])
    #expect(
      request.boxes.map { [$0.x, $0.y, $0.width, $0.height] } == [[1, 2, 3, 4], [0, 0, 1, 1], [5.5, 6, 7, 8]])
    #expect(request.boxes[2].location == SourceLocation(file: "content/experiments/a.md", line: 18, column: 23))
  }

  @Test("boxes need no label")
  func bareBoxes() throws {
    let one = try #require(
      ContentFixture.requests(inExperiment: block("image: photo.png\ntop: 1\nboxes: [1, 2, 3, 4]")).first)
    #expect(one.boxes.map(\.width) == [3])
    let two = try #require(
      ContentFixture.requests(inExperiment: block("image: photo.png\ntop: 1\nboxes: [[1, 2, 3, 4], [1, 2, 5, 6]]"))
        .first)
    #expect(two.boxes.map(\.width) == [3, 5])
    #expect(two.boxes.allSatisfy { $0.label == nil })
  }

  @Test("block beats page, page beats model card, model card beats site")
  func precedence() throws {
    let site = "title: S\ndefaults: {model: net, top: 4, colormap: jet, opacity: 0.1, threshold: 0.4, layer: s}\n"
    let card = """
      ---
      title: Net
      file: net/model.onnx
      input: {size: 224}
      colormap: viridis
      opacity: 0.2
      threshold: 0.3
      ---
      """
    let page = "---\ntitle: A\nimage: photo.png\ncolormap: magma\nopacity: 0.3\ncaption: page\n---\n"
    let blocks = "```explain\ncolormap: gray\n```\n\n```explain\nclasses: cat\nlayer: b\ncaption: block\n```\n"
    let requests = try ContentFixture.requests(
      inExperiment: page + blocks, ["site.yml": site, "models/net.md": card])
    try #require(requests.count == 2)
    #expect(requests.map(\.colormap) == [.gray, .magma])
    #expect(requests.map(\.opacity) == [0.3, 0.3])
    #expect(requests.map(\.threshold) == [0.3, 0.3])
    #expect(requests.map { $0.layers.map(\.value) } == [["s"], ["b"]])
    #expect(requests.map(\.model.value) == ["net", "net"])
    #expect(
      requests[0].subjects.classes
        == .top(Located(4, at: SourceLocation(file: "content/site.yml", line: 2, column: 29))))
    #expect(requests.map(\.id.figure.number) == [1, 2])
  }

  @Test("`top` in a block beats `classes` of its page")
  func topBeatsClasses() throws {
    let text = "---\ntitle: A\nmodel: net\nimage: photo.png\nclasses: cat\n---\n```explain\ntop: 2\n```\n"
    let request = try #require(ContentFixture.requests(inExperiment: text).first)
    guard case .top(let count) = request.subjects.classes else {
      Issue.record("not the best")
      return
    }
    #expect(count.value == 2)
  }

  @Test("a page with an image, classes and no block gets one block")
  func leadingBlock() throws {
    let requests = try ContentFixture.requests(
      inExperiment: "---\ntitle: A\nmodel: net\nimage: photo.png\nclasses: [cat, dog]\n---\nText.\n")
    #expect(requests.map(\.id.figure.number) == [1])
    #expect(requests.first?.location == SourceLocation(file: "content/experiments/a.md", line: 2, column: 1))
  }

  @Test("a model's page explains with its own model")
  func modelPage() throws {
    let card = ContentFixture.valid["models/net.md"] ?? ""
    let fixture = try ContentFixture(["models/net.md": card + "\n```explain\nimage: ../images/photo.png\ntop: 1\n```\n"]
    )
    let (content, faults) = fixture.load()
    #expect(faults == "")
    #expect(content?.requests.map(\.model.value) == ["net"])
  }

  @Test("the image beside the page comes before the one in images/")
  func imageFolders() throws {
    let requests = try ContentFixture.requests(
      inExperiment: block("image: photo.png\ntop: 1"), ["experiments/photo.png": "other"])
    #expect(requests.first?.image.value.path == "experiments/photo.png")
    let fromTop = try ContentFixture.requests(
      inExperiment: block("image: /images/photo.png\ntop: 1"), ["experiments/photo.png": "other"])
    #expect(fromTop.first?.image.value.path == "images/photo.png")
  }

  /// Lines that are wrong, and what is told of them.
  private static let cases: [(yaml: String, faults: String)] = [
    (
      "classes: cat",
      "content/experiments/a.md:5: error: The explain block names no image. Add `image: photo.png`."
    ),
    (
      "image: photo.png",
      "content/experiments/a.md:5: error: The explain block names no classes. Add `classes: [label]` or `top: 3`."
    ),
    (
      "image: foto.png\ntop: 1",
      "content/experiments/a.md:6:8: error: There is no image “foto.png” in content/experiments or content/images. Did you mean “photo.png”?"
    ),
    (
      "image: ../../secret.png\ntop: 1",
      "content/experiments/a.md:6:8: error: The image “../../secret.png” lies outside of content. Copy the file into content."
    ),
    (
      "image: photo.png\ntop: 1\nmodel: resnet",
      "content/experiments/a.md:8:8: error: There is no model “resnet”. Try one of: net."
    ),
    (
      "image: photo.png\ntop: 1\nclasses: cat",
      "content/experiments/a.md:7:1: error: “top” and “classes” cannot stand together. Remove one of them."
    ),
    (
      "image: photo.png\ntop: 1\nmethods: [gradcam, grad-cam]",
      "content/experiments/a.md:8:11: error: “gradcam” is not a value of “methods”. Did you mean “grad-cam”?"
    ),
    (
      "image: photo.png\ntop: 1\nmethods: [cam, cam]",
      "content/experiments/a.md:8:16: error: “methods” names the same thing twice. Remove one of them."
    ),
    (
      "image: photo.png\ntop: 1\ncolormap: rainbow\nopacity: 50\nthreshold: 0",
      """
      content/experiments/a.md:8:11: error: “rainbow” is not a value of “colormap”. \
      Try one of: turbo, jet, viridis, inferno, magma, gray, coolwarm.
      content/experiments/a.md:9:10: error: “opacity” must be a number from 0 to 1, not “50”.
      content/experiments/a.md:10:12: error: “threshold” must be a number above 0 and below 1, not “0”.
      """
    ),
    (
      "image: photo.png\ntop: 1\nboxes: [1, 2, 3]",
      "content/experiments/a.md:8:8: error: A box must be [x, y, width, height] in pixels of the image."
    ),
    (
      "image: photo.png\ntop: 1\nboxes: [-1, 2, 0, 3]",
      """
      content/experiments/a.md:8:9: error: “boxes” must be a number from 0 up, not “-1”.
      content/experiments/a.md:8:16: error: “boxes” must be a number above 0, not “0”.
      """
    ),
    (
      "image: photo.png\ntop: 1\nlayers: a",
      "content/experiments/a.md:8:1: error: “layers” is not a key of an explain block. Did you mean “layer”?"
    ),
    (
      "image: photo.png\ntop: 1\ntop: 2",
      "content/experiments/a.md:8:1: error: “top” is given twice; the first is on line 7. Remove one of them."
    ),
    (
      "- photo.png",
      "content/experiments/a.md:6:1: error: an explain block must be lines of `key: value`, not a list."
    ),
  ]

  @Test("faults are told where they stand", arguments: cases)
  func faults(yaml: String, faults: String) throws {
    #expect(try ContentFixture.faults(inExperiment: block(yaml)) == faults)
  }

  @Test("what the page got wrong is not missed again in its blocks")
  func noEchoes() throws {
    let text = "---\ntitle: A\nmodel: nett\nimage: no.png\ntop: x\n---\n```explain\n```\n"
    #expect(
      try ContentFixture.faults(inExperiment: text) == """
        content/experiments/a.md:3:8: error: There is no model “nett”. Did you mean “net”?
        content/experiments/a.md:4:8: error: There is no image “no.png” in content/experiments or content/images.
        content/experiments/a.md:5:6: error: “top” must be a whole number from 1 to 100, not “x”.
        """)
  }

  @Test("an image that nobody asks about is worth a warning")
  func idleImage() throws {
    #expect(
      try ContentFixture.faults(inExperiment: "---\ntitle: A\nmodel: net\nimage: photo.png\n---\n")
        == "content/experiments/a.md:4:1: warning: The page gives an image and asks nothing about it. "
        + "Add `classes: [label]`, `top: 3`, or an explain block.")
  }

  @Test("without any model, the way out is told")
  func noModel() throws {
    #expect(
      try ContentFixture.faults(inExperiment: "---\ntitle: A\n---\n```explain\nimage: photo.png\ntop: 1\n```\n")
        == "content/experiments/a.md:4: error: The explain block names no model. Add `model: name` here or to the page."
    )
  }
}
