import Diagnostics
import Foundation
import Gallery
import Imaging
import NeuralNetwork
import TestSupport
import Testing

@Suite("What a card says of the input, and what the network takes")
struct CardInputTests {
  private static let templates =
    URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../templates").standardizedFileURL.path

  /// Builds a site of one page with one picture, and tells what was said of it; “built” where nothing was.
  private func build(
    _ classifier: SmallClassifier, input: String, classes: String = "1", labels: String? = nil,
    picture: (width: Int, height: Int) = (16, 12)
  ) throws -> (said: String, folder: TemporaryFolder) {
    let folder = try TemporaryFolder()
    try folder.write("title: S\n", to: "content/site.yml")
    try folder.write("---\ntitle: Home\n---\n", to: "content/index.md")
    let labelLine = labels == nil ? "" : "labels: labels.txt\n"
    try folder.write(
      "---\ntitle: Net\nfile: net.onnx\n\(labelLine)input: {\(input)}\n---\n", to: "content/models/net.md")
    if let labels { try folder.write(labels, to: "content/models/labels.txt") }
    try Data(classifier.model.bytes).write(to: folder.url.appendingPathComponent("content/models/net.onnx"))
    try folder.write(
      "---\ntitle: P\ndate: 2026-01-01\nmodel: net\n---\n```explain\nimage: a.png\nclasses: [\(classes)]\n```\n",
      to: "content/experiments/page.md")
    let pixels = (0..<picture.width * picture.height * 3).map { UInt8($0 * 7 % 256) }
    let image = try Image(width: picture.width, height: picture.height, pixels: pixels)
    try Data(image.pngData()).write(to: folder.url.appendingPathComponent("content/experiments/a.png"))
    let gallery = Gallery(
      BuildOptions(
        content: folder.path("content"), templates: Self.templates, output: folder.path("public"),
        store: folder.path("store")))
    func shown(_ list: DiagnosticList) -> String {
      list.description.replacingOccurrences(of: folder.url.path + "/", with: "")
    }
    do {
      let report = try gallery.build()
      return (report.warnings.all.isEmpty ? "built" : shown(report.warnings), folder)
    } catch let faults as DiagnosticList {
      return (shown(faults), folder)
    }
  }

  @Test("grey pictures for a network of one channel")
  func gray() throws {
    let (said, folder) = try build(SmallClassifier(channels: 1), input: "size: 8, channels: gray, mean: 0.5, std: 0.5")
    #expect(said == "built")
    #expect(try folder.files(in: "public").keys.contains { $0.withoutHash.hasSuffix("1-guided-backprop.png") })
  }

  @Test("a network of whole numbers is fed from 0 to 255 unless the card says otherwise, which is refused")
  func wholeNumbers() throws {
    for input in ["size: 8", "size: 8, scale: 255"] {
      #expect(try build(SmallClassifier(elementType: 2), input: input).said == "built")
    }
    for input in ["size: 8, scale: 1", "size: 8, scale: 255, mean: [124, 116, 104]", "size: 8, mean: [0.5, 0.5, 0.5]"] {
      #expect(
        try build(SmallClassifier(elementType: 2), input: input).said
          == "content/models/net.md: error: the network takes uint8, whole numbers, and normalises them itself; by "
          + "`scale`, `mean` and `std` pictures do not go in as such. "
          + "Set `scale: 255`, and leave out `mean` and `std`.")
    }
    // What is subtracted leaves whole numbers from −128 to 127.
    #expect(
      try build(SmallClassifier(elementType: 3), input: "size: 8, scale: 255, mean: [128, 128, 128]").said == "built")
  }

  @Test("a card cannot feed pictures to a network of four channels")
  func fourChannels() throws {
    #expect(
      try build(SmallClassifier(channels: 4), input: "size: 8").said
        == "content/models/net.onnx: error: the model takes 1×4×8×8, but 1×3×8×8 was asked for. "
        + "Pictures have 1 or 3 channels: explain a .npy tensor, with the .onnx file itself as the model.")
  }

  @Test("pictures too long to be shown are refused where they are named")
  func longPicture() throws {
    for resize in ["stretch", "pad", "crop, shorter_side: 8"] {
      #expect(
        try build(SmallClassifier(), input: "size: 8, resize: \(resize)", picture: (2, 3000)).said
          == "content/experiments/page.md:7:8: error: “experiments/a.png”: The picture has 2 × 3000 pixels: one side is "
          + "1500 times the other, and at most 32 times can be shown. Cut out the part that matters.")
    }
  }

  @Test("a class by an index that is another's label")
  func numberedClasses() throws {
    let labels = "2\n1\n0\n"
    #expect(
      try build(SmallClassifier(), input: "size: 8", classes: "2", labels: labels).said
        == "content/experiments/page.md:8:11: error: class “2” means two classes of net: it is the label of class 0, and "
        + "the index of “0”. Write “label:2” or “index:2”.")
    for query in ["1", "label:2", "index:2"] {
      #expect(try build(SmallClassifier(), input: "size: 8", classes: query, labels: labels).said == "built")
    }
  }

  @Test("a file that is fixed to a batch, and one whose size the card gives")
  func batchAndSize() throws {
    let fixed = SmallClassifier(stated: [16, 3, 8, 8], reshapedBatch: 16)
    #expect(try build(fixed, input: "size: 8").said == "built")
    #expect(try build(SmallClassifier(stated: [-1, 3, -1, -1]), input: "size: [10, 6]").said == "built")
  }

  @Test("a doubtful mean is told by every command, and does not stop any")
  func doubtfulUnits() throws {
    let said =
      "`mean` is [104, 117, 123], far beyond white, which is 1 by `scale`. Change `scale` to 255."
    let (warnings, folder) = try build(SmallClassifier(), input: "size: 8, scale: 1, mean: [104, 117, 123]")
    #expect(warnings == "content/models/net.md:4:28: warning: \(said)")
    #expect(try ModelInspection("net", content: folder.path("content")).warnings.contains(said))
    let request = StandaloneRequest(
      image: folder.path("content/experiments/a.png"), model: "net", classes: ["1"], output: folder.path("out"),
      content: folder.path("content"))
    #expect(try StandaloneExplanation(request).run().notes.contains(said))
  }

  @Test("looking into a model tells what it takes")
  func inspection() throws {
    for (classifier, type, warning) in [
      (
        SmallClassifier(elementType: 10), "float16",
        "The file takes float16; it is computed in float32, whose numbers differ a little."
      ),
      (
        SmallClassifier(stated: [16, 3, 8, 8], reshapedBatch: 16), "float32",
        "The file is fixed to batches of 16 pictures; it is run with one at a time."
      ),
    ] {
      try classifier.model.withFile { path in
        let inspection = try ModelInspection(path)
        #expect(inspection.input.elementType.rawValue == type && inspection.input.shape == [1, 3, 8, 8])
        #expect(inspection.warnings.contains(warning))
        #expect(inspection.text.contains(type == "float16" ? "data, 1×3×8×8, float16\n" : "data, 1×3×8×8\n"))
      }
    }
    let bytes = try SmallClassifier(elementType: 2).model.withFile { path in try ModelInspection(path) }
    #expect(bytes.input.elementType == .uint8)
  }
}
