import Diagnostics
import Foundation
import Gallery
import Imaging
import TestSupport
import Testing

/// What was chosen or assumed of a network without being asked is said: by `check`, by `build`, by `explain`, on pages.
@Suite("What is chosen is said")
struct ChoiceTests {
  /// A picture of 3 × 16 × 16, a convolution with a rectifier, a mean, two linear layers, and an end.
  private static func model(
    _ change: (inout ONNXBuilder) -> Void, end: (inout ONNXBuilder) -> Void
  ) -> ONNXBuilder {
    var numbers = SplitMix(state: 3)
    var model = ONNXBuilder()
    func weights(_ name: String, _ shape: [Int]) {
      model.constant(name, shape, (0..<shape.reduce(1, *)).map { _ in Float.random(in: -1...1, using: &numbers) })
    }
    weights("w", [4, 3, 3, 3])
    weights("a", [4, 3])
    weights("b", [4, 2])
    model.input("picture", [1, 3, 16, 16])
    change(&model)
    model.node("Conv", ["seen", "w"], ["conv"], ["pads": [1, 1, 1, 1]])
    model.node("Relu", ["conv"], ["relu"])
    model.node("ReduceMean", ["relu"], ["mean"], ["axes": [2, 3], "keepdims": 0])
    model.node("MatMul", ["mean", "a"], ["first"])
    model.node("MatMul", ["mean", "b"], ["second"])
    end(&model)
    return model
  }

  private static func unchanged(_ model: inout ONNXBuilder) { model.node("Identity", ["picture"], ["seen"]) }

  /// A content folder with the model, a card, a picture and a page.
  private static func site(_ model: ONNXBuilder, card: String = "") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("title: Site\n", to: "content/site.yml")
    try folder.write(
      "---\ntitle: Net\nfile: net.onnx\ninput: {size: 16, scale: 255}\n\(card)---\n", to: "content/models/net.md")
    try folder.write(
      "---\ntitle: Page\nmodel: net\n---\n```explain\nimage: a.png\nclasses: [1]\n```\n",
      to: "content/experiments/page.md")
    try Data(model.bytes).write(to: folder.url.appendingPathComponent("content/models/net.onnx"))
    let pixels = (0..<(16 * 16 * 3)).map { UInt8($0 * 29 % 251) }
    try Data(Image(width: 16, height: 16, pixels: pixels).pngData())
      .write(to: folder.url.appendingPathComponent("content/experiments/a.png"))
    return folder
  }

  private func options(_ folder: TemporaryFolder) -> BuildOptions {
    BuildOptions(
      content: folder.path("content"), templates: TabletopContent.templates.path, output: folder.path("public"),
      store: folder.path("store"))
  }

  private func explain(_ folder: TemporaryFolder, model: String, output: String? = nil) throws -> ExplanationManifest {
    let request = StandaloneRequest(
      image: folder.path("content/experiments/a.png"), model: folder.path("content/models/\(model)"), classes: ["1"],
      output: folder.path("out"), outputTensor: output, writesArrays: true)
    return try StandaloneExplanation(request).run()
  }

  private func page(_ folder: TemporaryFolder) throws -> String {
    String(decoding: try #require(try folder.files(in: "public")["experiments/page.html"]), as: UTF8.self)
  }

  private static let twoOutputs = model(unchanged) { model in
    model.node("Softmax", ["second"], ["p"])
    model.output("first")
    model.output("p")
  }

  @Test("which of several outputs is explained, and how to settle it")
  func output() throws {
    let choice =
      "“p” is explained because it is behind a softmax, and not “first”. `output: p` in a model card, or --output-tensor, "
      + "settles it."
    let folder = try Self.site(Self.twoOutputs)
    let place = folder.path("content/models/net.md")
    #expect("\(try Gallery(options(folder)).check())".hasSuffix("warning: \(choice)"))
    #expect("\(try Gallery(options(folder)).check())".hasPrefix(place))
    #expect("\(try Gallery(options(folder)).build().warnings)".contains(choice))
    #expect(try explain(folder, model: "net.md").notes.contains(choice))
    #expect(try explain(folder, model: "net.onnx").notes.contains(choice))
    #expect(try ModelInspection(folder.path("content/models/net.onnx")).warnings.contains(choice))

    let settled = try Self.site(Self.twoOutputs, card: "output: p\n")
    #expect("\(try Gallery(options(settled)).check())" == "")
  }

  @Test("a bare file's output or inner tensor is named on the command line")
  func outputTensor() throws {
    let folder = try Self.site(Self.twoOutputs)
    let manifest = try explain(folder, model: "net.onnx", output: "first")
    #expect(!manifest.notes.contains { $0.contains("is explained because") })
    #expect(try ModelInspection(folder.path("content/models/net.onnx"), output: "first").output.classes == 3)
    #expect(try ModelInspection(folder.path("content/models/net.md"), output: "second").output.name == "second")
  }

  @Test("that numbers are probabilities already")
  func probabilities() throws {
    let sentence =
      "What the network gives are probabilities already, and no score before them was found: they are shown and explained as "
      + "they are."
    let model = Self.model(Self.unchanged) { model in
      model.constant("one", [], [1])
      model.node("Sigmoid", ["second"], ["s"])
      model.node("Sub", ["one", "s"], ["p"])
      model.output("p")
    }
    let folder = try Self.site(model)
    let manifest = try explain(folder, model: "net.md")
    #expect(manifest.notes.contains(sentence))
    let entry = try #require(manifest.classes.first)
    #expect(entry.logit == entry.probability && (0...1).contains(entry.probability))
    _ = try Gallery(options(folder)).build()
    #expect(try page(folder).contains(sentence))
    #expect(
      try ModelInspection(folder.path("content/models/net.md")).text.contains("p, 2 classes, probabilities already"))
  }

  @Test("that a layer sees a part of the input, or a mirrored picture")
  func views() throws {
    let crop = Self.model({ model in
      model.integers("start", [4, 4])
      model.integers("end", [12, 12])
      model.integers("sides", [2, 3])
      model.node("Slice", ["picture", "start", "end", "sides"], ["seen"])
    }) { $0.output("second") }
    var folder = try Self.site(crop)
    _ = try Gallery(options(folder)).build()
    #expect(
      try page(folder).contains(
        "Layer node_relu sees only a part of what goes in, 25 to 75 % from left to right and 25 to 75 % from top to bottom: its "
          + "map is laid over that part."))

    let mirrored = Self.model({ model in
      model.integers("columns", Array((0..<16).reversed()))
      model.node("Gather", ["picture", "columns"], ["seen"], ["axis": 3])
    }) { $0.output("second") }
    folder = try Self.site(mirrored)
    let sentence =
      "Layer node_relu sees a mirrored picture, with left and right exchanged: its map is mirrored back before it is laid over "
      + "the picture."
    #expect(try explain(folder, model: "net.md").notes.contains(sentence))
    #expect(try ModelInspection(folder.path("content/models/net.md")).warnings.contains(sentence))
  }

  @Test("that an activation was not recognised")
  func unknownActivation() throws {
    let model = Self.model({ model in
      model.constant("v", [3, 3, 1, 1], (0..<9).map { Float($0) / 9 - 0.5 })
      model.node("Conv", ["picture", "v"], ["before"])
      model.node("Sin", ["before"], ["seen"])
    }) { $0.output("second") }
    let folder = try Self.site(model)
    let sentence =
      "The guided rule reaches 1 rectifier; whether 1 Sin would count is not known; they keep their plain gradient."
    #expect(try explain(folder, model: "net.md").notes.contains(sentence))
    _ = try Gallery(options(folder)).build()
    #expect(try page(folder).contains(sentence))
  }
}
