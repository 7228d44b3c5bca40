import Foundation
import Gallery
import TestSupport
import Testing

@Suite("Faults of a gallery", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
struct FaultTests {
  /// A page with these lines in its block, which begins in line 5.
  private static func page(_ block: String, model: String = "squeezenet") -> String {
    "---\ntitle: A\nmodel: \(model)\n---\n```explain\n\(block)\n```\n"
  }

  @Test(
    "a name that means nothing is an error where it stands, with a way out",
    arguments: [
      (
        "image: cat-dog.png\nclasses: [tigre cat]",
        "a.md:7:11: error: class “tigre cat” is not a label of squeezenet. Did you mean “tiger cat”?"
      ),
      (
        "image: cat-dog.png\nclasses: [1000]",
        "a.md:7:11: error: class 1000 does not exist: squeezenet has classes 0 to 999."
      ),
      (
        "image: cat-dog.png\nclasses: [crane]",
        "a.md:7:11: error: class “crane” names 2 classes of squeezenet. "
          + "Give the index: 134 (crane) or 517 (crane)."
      ),
      (
        "image: cat-dog.png\nclasses: [282, tiger cat]",
        "a.md:7:16: error: class “tiger cat” is named twice. Leave one out."
      ),
      (
        "image: cat-dog.png\nclasses: [282]\nlayer: fire9/concta",
        "a.md:8:8: error: the network has no layer “fire9/concta”. Did you mean “fire9/concat”?"
      ),
      (
        "image: cat-dog.png\nclasses: [282]\nlayer: logits",
        "a.md:8:8: error: layer “logits” has shape 1×1000, which is no stack of maps that the classes depend on. "
          + "Try “fire9/concat”."
      ),
      (
        "image: cat-dog.png\nclasses: [282]\nmethods: [cam]",
        "a.md:5: error: “cam” needs a network that ends in global average pooling and one linear layer, which "
          + "squeezenet does not. Try “grad-cam”, which works on any layer."
      ),
      (
        "image: cat-dog.png\ntop: 1001",
        "a.md:7:6: error: “top” must be a whole number from 1 to 100, not “1001”."
      ),
    ])
  func name(block: String, message: String) throws {
    let site = try ImageNetSite(["a": Self.page(block)])
    #expect(try site.faults() == "content/experiments/" + message)
  }

  @Test("all faults of all pages come out in one run, and the old site stays as it was")
  func together() throws {
    let site = try ImageNetSite(["a": BuildTests.catOrDog])
    _ = try site.build()
    let before = try site.folder.files(in: "public")
    try site.folder.write(Self.page("image: cat-dog.png\nclasses: [no such thing]"), to: "content/experiments/b.md")
    try site.folder.write(Self.page("image: broken.png\nclasses: [282]"), to: "content/experiments/c.md")
    try site.folder.write("GIF89a", to: "content/experiments/broken.png")
    try site.folder.write(Self.page("image: cat-dog.png\nclases: [282]"), to: "content/experiments/d.md")
    let faults = try site.faults().split(separator: "\n")
    #expect(faults.count >= 3)
    #expect(faults.contains { $0.hasPrefix("content/experiments/b.md:7:11: error: class “no such thing” is not") })
    #expect(faults.contains { $0.hasPrefix("content/experiments/c.md:6:8: error: “experiments/broken.png”: ") })
    #expect(faults.contains { $0.hasPrefix("content/experiments/d.md:7:1: error: ") && $0.contains("“classes”") })
    #expect(try site.folder.files(in: "public") == before)
  }

  @Test("a model that cannot be used is complained of once, however many pages use it")
  func model() throws {
    let site = try ImageNetSite([
      "a": Self.page("image: cat-dog.png\nclasses: [1]", model: "broken"),
      "b": Self.page("image: cat-dog.png\nclasses: [2]", model: "broken"),
    ])
    // The linked folder of models belongs to the reference data, so this one gets a folder of its own.
    try site.folder.write(
      "---\ntitle: Broken\nfile: broken/model.onnx\ninput: {size: 8}\n---\n", to: "content/models/broken.md")
    try site.folder.write("not a model", to: "content/models/broken/model.onnx")
    #expect(
      try site.faults()
        == "content/models/broken/model.onnx: error: this is not an ONNX model but text, which begins "
        + "“not a model”. Download the model again: this is what the server answered.")
  }
}
