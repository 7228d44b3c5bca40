import Diagnostics
import Foundation
import Gallery
import TestSupport
import Testing

/// A page whose network goes wrong: what `check`, `build` and `explain` say, and what they publish.
@Suite("Networks that go wrong, on a page")
struct NonFiniteGalleryTests {
  /// The second channel is zero everywhere.
  private func site(weight: Float = 1, _ tail: (inout ONNXBuilder) -> Void) throws -> SmallNetworkSite {
    try SmallNetworkSite("classes: [0]\nlayer: r", weights: [weight, 0.5, 0.25, -1, -1, -1], tail)
  }

  private static let scoresFault =
    "“images/mug.jpg” under Net: the network's list of scores has 2 values that are not numbers among 2. The first to go "
    + "wrong: “logits”, computed by “node_logits” (Log), holds what is not a number. Look at the model there, and whether "
    + "`scale`, `mean` and `std` are those that it was trained with."

  @Test("scores that are not numbers: one error on the page, for check and build alike, and no site")
  func scores() throws {
    let site = try site { model in
      model.node("ReduceMean", ["r"], ["means"], ["axes": [2, 3], "keepdims": 0])
      model.constant("shift", [1], [-1000])
      model.node("Add", ["means", "shift"], ["negative"])
      model.node("Log", ["negative"], ["logits"])
    }
    let fault = "content/experiments/a.md:6:8: error: " + Self.scoresFault
    #expect(site.words { try site.gallery.check() } == fault)
    #expect(site.words { try site.gallery.build().warnings } == fault)
    #expect(!FileManager.default.fileExists(atPath: site.folder.path("public")))
    // Twice, for the store must not have kept them.
    #expect(site.words { try site.gallery.build().warnings } == fault)
    #expect(
      site.explain()
        == "error: " + Self.scoresFault.replacingOccurrences(of: "images/mug.jpg", with: "content/images/mug.jpg"))
    #expect(!FileManager.default.fileExists(atPath: site.folder.path("out/0/grad-cam.png")))
  }

  @Test("a weight that is not a number is refused with its name, at the model")
  func weight() throws {
    let site = try site(weight: .nan) {
      $0.node("ReduceMean", ["r"], ["logits"], ["axes": [2, 3], "keepdims": 0])
    }
    let fault =
      "content/models/net.onnx: error: tensor “w”, which node “node_c” (Conv) reads, is not a number at [0, 0, 0, 0]. "
      + "Export the model again from a checkpoint in which every weight is a finite number."
    #expect(site.words { try site.gallery.check() } == fault)
    #expect(site.words { try site.gallery.build().warnings } == fault)
    #expect(site.explain() == fault)
  }

  @Test("gradients at a layer that are not finite: a warning, and on the page a sentence instead of a map")
  func gradients() throws {
    let site = try site { model in
      model.node("Sqrt", ["r"], ["s"])
      model.node("ReduceMean", ["s"], ["logits"], ["axes": [2, 3], "keepdims": 0])
    }
    let finding = "The gradient at layer node_r has 64 values that are not numbers among 128, so there is no map."
    let warning = "content/experiments/a.md:6:8: warning: “images/mug.jpg” under Net, class 0: \(finding)"
    #expect(site.words { try site.gallery.check() } == warning)
    #expect(site.words { try site.gallery.build().warnings } == warning)
    // From the store too.
    try site.folder.write("---\ntitle: B\n---\n", to: "content/experiments/b.md")
    #expect(site.words { try site.gallery.build().warnings } == warning)
    let files = try site.folder.files(in: "public")
    let page = try #require(files.first { $0.key.hasPrefix("experiments/a") && $0.key.hasSuffix(".html") })
    let text = String(decoding: page.value, as: UTF8.self)
    #expect(text.contains(finding))
    #expect(!text.contains("no evidence"))
    #expect(!files.keys.contains { $0.contains("grad-cam") })
    #expect(files.keys.contains { $0.contains("guided-backprop") })
    #expect(site.explain() == "")
    let manifest = try String(contentsOfFile: site.folder.path("out/manifest.json"), encoding: .utf8)
    #expect(manifest.contains(finding))
    #expect(!FileManager.default.fileExists(atPath: site.folder.path("out/0/grad-cam.png")))
    #expect(FileManager.default.fileExists(atPath: site.folder.path("out/0/guided-backprop.png")))
  }

  @Test("infinity is told as such")
  func infinite() throws {
    let site = try site { model in
      model.constant("zero", [1], [0])
      model.node("Mul", ["r", "zero"], ["z"])
      model.node("Sqrt", ["z"], ["s"])
      model.node("Add", ["s", "r"], ["t"])
      model.node("ReduceMean", ["t"], ["logits"], ["axes": [2, 3], "keepdims": 0])
    }
    try site.folder.write(
      "---\ntitle: A\nmodel: net\nlayer: z\n---\n```explain\nimage: mug.jpg\nclasses: [0]\nalt: a\nmethods: [grad-cam]\n```\n",
      to: "content/experiments/a.md")
    let finding =
      "The gradient at layer node_z has 64 infinite values and 64 values that are not numbers among 128, so there is no map."
    let warning = "content/experiments/a.md:7:8: warning: “images/mug.jpg” under Net, class 0: \(finding)"
    #expect(site.words { try site.gallery.check() } == warning)
    #expect(site.words { try site.gallery.build().warnings } == warning)
  }
}

extension SmallNetworkSite {
  /// What `sitegen explain` says of class 0.
  fileprivate func explain() -> String {
    words {
      _ = try StandaloneExplanation(request(classes: ["0"], methods: [], layers: ["r"])).run()
      return DiagnosticList()
    }
  }
}
