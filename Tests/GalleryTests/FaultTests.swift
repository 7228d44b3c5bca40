import Foundation
import Gallery
import TestSupport
import Testing

@Suite("Faults of a gallery")
struct FaultTests {
  /// A page with these lines in its block, which begins in line 5.
  private static func page(_ block: String, model: String = "tabletop") -> String {
    "---\ntitle: A\nmodel: \(model)\n---\n```explain\n\(block)\n```\n"
  }

  @Test(
    "a name that means nothing is an error where it stands, with a way out",
    arguments: [
      (
        "image: mug-apple.jpg\nclasses: [mugg]",
        "a.md:7:11: error: class “mugg” is not a label of tabletop. Did you mean “mug”?"
      ),
      (
        "image: mug-apple.jpg\nclasses: [12]",
        "a.md:7:11: error: class 12 does not exist: tabletop has classes 0 to 11."
      ),
      (
        "image: mug-apple.jpg\nclasses: [lamp]",
        "a.md:7:11: error: class “lamp” names 2 classes of tabletop. "
          + "Give the index: 3 (candle, lamp) or 7 (light bulb, lamp)."
      ),
      (
        "image: mug-apple.jpg\nclasses: [8, mug]",
        "a.md:7:14: error: class “mug” is named twice. Leave one out."
      ),
      (
        "image: mug-apple.jpg\nclasses: [8]\nlayer: rleu8",
        "a.md:8:8: error: the network has no layer “rleu8”. Did you mean “relu8”?"
      ),
      (
        "image: mug-apple.jpg\nclasses: [8]\nlayer: logits",
        "a.md:8:8: error: layer “logits” has shape 1×12, which is no stack of maps that the classes depend on. "
          + "Try “relu8”."
      ),
      (
        "image: mug-apple.jpg\nclasses: [1]\nmethods: [cam]\nmodel: flat",
        "a.md:5: error: “cam” needs a network that ends in global average pooling and one linear layer, which "
          + "flat does not. Try “grad-cam”, which works on any layer."
      ),
      (
        "image: mug-apple.jpg\ntop: 1001",
        "a.md:7:6: error: “top” must be a whole number from 1 to 100, not “1001”."
      ),
    ])
  func name(block: String, message: String) throws {
    let site = try TabletopSite(["a": Self.page(block)])
    try writeFlatModel(to: site)
    #expect(try site.faults() == "content/experiments/" + message)
  }

  /// A network that ends in a fully connected layer without pooling.
  private func writeFlatModel(to site: TabletopSite) throws {
    var model = ONNXBuilder()
    model.input("x", [1, 3, 8, 8])
    model.constant("w", [2, 3, 3, 3], (0..<54).map { Float($0 % 5) - 2 })
    model.constant("m", [72, 2], (0..<144).map { Float($0 % 3) - 1 })
    model.node("Conv", ["x", "w"], ["conv"])
    model.node("Relu", ["conv"], ["relu"])
    model.node("Flatten", ["relu"], ["flat"])
    model.node("MatMul", ["flat", "m"], ["logits"])
    model.output("logits")
    try Data(model.bytes).write(to: URL(fileURLWithPath: site.folder.path("content/models/flat.onnx")))
    try site.folder.write(
      "---\ntitle: Flat\nfile: flat.onnx\ninput: {size: 8}\n---\n", to: "content/models/flat.md")
  }

  @Test("all faults of all pages come out in one run, and the old site stays as it was")
  func together() throws {
    let site = try TabletopSite(["a": BuildTests.mugOrApple])
    _ = try site.build()
    let before = try site.folder.files(in: "public")
    try site.folder.write(Self.page("image: mug-apple.jpg\nclasses: [no such thing]"), to: "content/experiments/b.md")
    try site.folder.write(Self.page("image: broken.png\nclasses: [8]"), to: "content/experiments/c.md")
    try site.folder.write("GIF89a", to: "content/experiments/broken.png")
    try site.folder.write(Self.page("image: mug-apple.jpg\nclases: [8]"), to: "content/experiments/d.md")
    let faults = try site.faults().split(separator: "\n")
    #expect(faults.count >= 3)
    #expect(faults.contains { $0.hasPrefix("content/experiments/b.md:7:11: error: class “no such thing” is not") })
    #expect(faults.contains { $0.hasPrefix("content/experiments/c.md:6:8: error: “experiments/broken.png”: ") })
    #expect(faults.contains { $0.hasPrefix("content/experiments/d.md:7:1: error: ") && $0.contains("“classes”") })
    #expect(try site.folder.files(in: "public") == before)
  }

  @Test("a model that cannot be used is complained of once, however many pages use it")
  func model() throws {
    let site = try TabletopSite([
      "a": Self.page("image: mug-apple.jpg\nclasses: [1]", model: "broken"),
      "b": Self.page("image: mug-apple.jpg\nclasses: [2]", model: "broken"),
    ])
    try site.folder.write(
      "---\ntitle: Broken\nfile: broken/model.onnx\ninput: {size: 8}\n---\n", to: "content/models/broken.md")
    try site.folder.write("not a model", to: "content/models/broken/model.onnx")
    #expect(
      try site.faults()
        == "content/models/broken/model.onnx: error: this is not an ONNX model but text, which begins "
        + "“not a model”. Download the model again: this is what the server answered.")
  }
}
