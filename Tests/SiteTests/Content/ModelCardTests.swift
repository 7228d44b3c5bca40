import Diagnostics
import Foundation
import Site
import Testing
import Vocabulary

@Suite("Model cards say how to run a network")
struct ModelCardTests {
  private func card(_ lines: String) -> String { "---\ntitle: Net\nfile: net/model.onnx\n\(lines)\n---\n" }

  private func input(_ yaml: String) throws -> ModelCard.Input {
    let fixture = try ContentFixture(["models/net.md": card("input: {\(yaml)}")])
    let (content, faults) = fixture.load()
    #expect(faults == "")
    return try #require(content?.modelCard(named: "net")).input
  }

  @Test("an input has sensible defaults")
  func defaults() throws {
    let input = try input("size: 224")
    #expect(input.width == 224 && input.height == 224)
    #expect(input.resize == .stretch)
    #expect(input.channels == .rgb)
    #expect(input.scale == nil)
    #expect(input.mean == [0, 0, 0] && input.std == [1, 1, 1])
  }

  @Test("an input says all that matters")
  func everything() throws {
    let input = try input(
      "size: [320, 240], resize: crop, shorter_side: 256, channels: bgr, scale: 255, mean: [1, 2, 3], std: [4, 5, 6]")
    #expect(input.width == 320 && input.height == 240)
    #expect(input.resize == .crop(shorterSide: 256))
    #expect(input.channels == .bgr)
    #expect(input.scale == 255)
    #expect(input.mean == [1, 2, 3] && input.std == [4, 5, 6])
    #expect(try self.input("size: 28, resize: pad, channels: gray, mean: 0.1307, std: 0.3081").mean == [0.1307])
  }

  /// Doubtful inputs and what is said of them, behind the place.
  static let doubtful: [(String, String)] = [
    (
      "scale: 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225]",
      "`mean` is [0.485, 0.456, 0.406], next to nothing beside white, which is 255 by `scale`. Change `scale` to 1."
    ),
    (
      "mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375]",
      "`mean` is [123.7, 116.3, 103.5], far beyond white, which is 1 by `scale`. Change `scale` to 255."
    ),
    (
      "scale: 1, mean: [104, 117, 123]",
      "`mean` is [104, 117, 123], far beyond white, which is 1 by `scale`. Change `scale` to 255."
    ),
    (
      "scale: 255, mean: [0.485, 0.456, 0.406]",
      "`mean` is [0.485, 0.456, 0.406], next to nothing beside white, which is 255 by `scale`. Change `scale` to 1."
    ),
    (
      "scale: 255, mean: [0.485, 0.456, 0.406], std: [58.4, 57.1, 57.4]",
      "`mean` is [0.485, 0.456, 0.406], next to nothing beside white, which is 255 by `scale`. "
        + "Change `mean` to the units of `scale`: [123.7, 116.3, 103.5]."
    ),
    (
      "scale: 255, mean: [124, 116, 104], std: [0.229, 0.224, 0.225]",
      "`std` is [0.229, 0.224, 0.225], next to nothing beside white, which is 255 by `scale`. "
        + "Change `std` to the units of `scale`: [58.4, 57.12, 57.38]."
    ),
    (
      "mean: [0.5, 0.5, 0.5], std: [127.5, 127.5, 127.5]",
      "`std` is [127.5, 127.5, 127.5], far beyond white, which is 1 by `scale`. "
        + "Change `std` to the units of `scale`: [0.5, 0.5, 0.5]."
    ),
    (
      "channels: gray, scale: 255, mean: 0.1307, std: 0.3081",
      "`mean` is 0.1307, next to nothing beside white, which is 255 by `scale`. Change `scale` to 1."
    ),
  ]

  @Test("a mean or deviation in other units than `scale` is doubted, with what to change", arguments: doubtful.indices)
  func units(index: Int) throws {
    let (yaml, expected) = Self.doubtful[index]
    let faults = try ContentFixture.faults(["models/net.md": card("input: {size: 224, \(yaml)}")])
    #expect(faults.hasPrefix("content/models/net.md:4:"))
    #expect(faults.hasSuffix(": warning: " + expected))
  }

  @Test(
    "numbers that go together are not doubted",
    arguments: [
      "mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225]", "channels: bgr, scale: 255, mean: [104, 117, 123]",
      "scale: 255, mean: [127.5, 127.5, 127.5], std: [127.5, 127.5, 127.5]",
      "mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5]",
      "scale: 255", "scale: 255, std: [255, 255, 255]", "scale: 255, std: [58, 57, 57]", "scale: 2, mean: [1, 1, 1]",
      "scale: 255, mean: [0, 0, 0], std: [1, 1, 1]",
    ])
  func soundUnits(yaml: String) throws {
    #expect(try ContentFixture.faults(["models/net.md": card("input: {size: 224, \(yaml)}")]) == "")
  }

  @Test("a source stands in for the file, which lies in the model's folder once downloaded")
  func source() throws {
    let digest = String(repeating: "aB", count: 32)
    let text = """
      ---
      title: Far
      source:
        url: https://example.org/far.onnx
        sha256: \(digest)
        bytes: 12
      input: {size: 224}
      ---
      """
    let fixture = try ContentFixture(["models/far.md": text])
    let (content, faults) = fixture.load()
    #expect(faults == "")
    let card = try #require(content?.modelCard(named: "far"))
    #expect(card.file.value.path == "models/far/model.onnx")
    #expect(card.source?.url.absoluteString == "https://example.org/far.onnx")
    #expect(card.source?.sha256 == digest.lowercased())
    #expect(card.source?.bytes == 12)
    #expect(card.labels == nil)
  }

  /// Lines that are wrong, and what is told of them.
  private static let cases: [(lines: String, faults: String)] = [
    (
      "input: {size: 224}\nlabel: x",
      "content/models/net.md:5:1: error: “label” is not a key of a model card. Did you mean “labels”?"
    ),
    (
      "",
      "content/models/net.md:2:1: error: “input” is missing from a model card. Add `input:` with `size: [224, 224]`."
    ),
    ("input: 224", "content/models/net.md:4:8: error: “input” must be lines of `key: value`, not a single value."),
    (
      "input: {scale: 255}", "content/models/net.md:4:8: error: “size” is missing from “input”. Add `size: [224, 224]`."
    ),
    (
      "input: {size: [1, 2, 3]}",
      "content/models/net.md:4:15: error: “size” must be one side or [width, height] in pixels."
    ),
    (
      "input: {size: [224, 100000]}",
      "content/models/net.md:4:21: error: “size” must be a whole number of pixels from 1 to 8192, not “100000”."
    ),
    (
      "input: {size: 224, resize: crop}",
      "content/models/net.md:4:28: error: `resize: crop` needs `shorter_side`. Add `shorter_side: 256`, as networks for 224 pixels mostly use."
    ),
    (
      "input: {size: 224, shorter_side: 256}", ""
    ),
    (
      "input: {size: 224, resize: pad, shorter_side: 256}",
      "content/models/net.md:4:33: error: “shorter_side” goes with `resize: crop` only. Remove one of them."
    ),
    (
      "input: {size: 224, channels: RGB}",
      "content/models/net.md:4:30: error: “RGB” is not a value of “channels”. Did you mean “rgb”?"
    ),
    (
      "input: {size: 224, mean: [1, 2]}",
      "content/models/net.md:4:27: error: “mean” has 2 for rgb, which needs 3 numbers."
    ),
    (
      "input: {size: 224, channels: gray, std: [1, 2, 3]}",
      "content/models/net.md:4:42: error: “std” has 3 for gray, which needs 1 number."
    ),
    (
      "input: {size: 224, std: [1, 0, 1]}",
      "content/models/net.md:4:29: error: “std” must be a number above 0, not “0”."
    ),
    (
      "input: {size: 224}\nlabels: net/label.txt",
      "content/models/net.md:5:9: error: There is no label file “net/label.txt” in content/models/net. Did you mean “labels.txt”?"
    ),
    (
      "input: {size: 224}\nsource: {url: ftp://example.org/a, sha256: 12}",
      """
      content/models/net.md:5:15: error: “url” must be an absolute address, not “ftp://example.org/a”. \
      Begin it with https://.
      content/models/net.md:5:44: error: “sha256” must be 64 hexadecimal digits. `sha256sum model.onnx` prints them.
      """
    ),
    (
      "input: {size: 224}\nsource: {url: https://example.org/a}",
      "content/models/net.md:5:9: error: “sha256” is missing from “source”. Add `sha256: …`."
    ),
    (
      "input: {size: 224}\nimage: a.png",
      "content/models/net.md:5:1: error: “image” is not a key of a model card. Its keys are: aliases, arrays, blend, classes, colormap, evidence, file, input, inputs, labels, layer, methods, opacity, output, outputs, profile, raw_html, scale, source, summary, target, threshold, title, top."
    ),
  ]

  @Test("faults are told where they stand", arguments: cases)
  func faults(lines: String, faults: String) throws {
    #expect(try ContentFixture.faults(["models/net.md": card(lines)]) == faults)
  }

  @Test("a card without file says how to give one")
  func noFile() throws {
    #expect(
      try ContentFixture.faults(["models/net.md": "---\ntitle: N\ninput: {size: 1}\n---\n"])
        == "content/models/net.md:2:1: error: “file” is missing from a model card. "
        + "Add `file: net/model.onnx`, or `source:` with url and sha256.")
  }

  @Test("a card is read on its own, outside of a site")
  func alone() throws {
    let fixture = try ContentFixture()
    var diagnostics = DiagnosticList()
    let url = fixture.url.appendingPathComponent("models/net.md")
    let card = ModelCard.load(from: url, shownAs: "cards/net.md", methods: .sample, diagnostics: &diagnostics)
    #expect(diagnostics.description == "")
    #expect(card?.name == "net")
    #expect(card?.file.value.url.path == fixture.url.appendingPathComponent("models/net/model.onnx").path)
    #expect(card?.labels?.location == SourceLocation(file: "cards/net.md", line: 4, column: 9))
  }
}
