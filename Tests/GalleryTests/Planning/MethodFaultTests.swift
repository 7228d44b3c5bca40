import Diagnostics
import Foundation
import Gallery
import TestSupport
import Testing

@Suite("What cannot be computed is said before anything is")
struct MethodFaultTests {
  private static func rounded(_ block: String) throws -> SmallNetworkSite {
    try SmallNetworkSite(block) { model in
      model.node("Round", ["r"], ["q"])
      model.scores(of: "q", [1, -1, 1, 2])
    }
  }

  private static let fault =
    "a gradient of the classes’ scores, and there is none: it ends at “node_q” (Round), whose output steps. "
    + "Explain a tensor before it, by `output:` in the card or by `target:`; or try “score-cam” or “occlusion”, which need no "
    + "gradient."

  @Test("gradients that end at a rounding: one error at the block, by check and build, that names the node")
  func rounding() throws {
    let site = try Self.rounded("classes: [0, 1]\nlayer: r\nmethods: [grad-cam, guided-backprop, eigen-cam]")
    let fault = "content/experiments/a.md:5: error: “grad-cam” and “guided-backprop” need " + Self.fault
    #expect(site.words { try site.gallery.check() } == fault)
    #expect(site.words { try site.gallery.build().warnings } == fault)
    #expect(!FileManager.default.fileExists(atPath: site.folder.path("public")))
  }

  @Test("so by explain, at the model's file")
  func explaining() throws {
    let site = try Self.rounded("classes: [0]\nlayer: r")
    let words = site.words {
      _ = try StandaloneExplanation(site.request(classes: ["0"], methods: ["integrated-gradients"])).run()
      return DiagnosticList()
    }
    #expect(words == "content/models/net.onnx: error: “integrated-gradients” needs " + Self.fault)
    #expect(!FileManager.default.fileExists(atPath: site.folder.path("out")))
  }

  @Test("methods that need no gradient are computed all the same, and so is a layer behind the rounding")
  func others() throws {
    let site = try Self.rounded("classes: [0]\nlayer: r\nmethods: [score-cam, eigen-cam, occlusion]")
    #expect(site.words { try site.gallery.build().warnings } == "")
    let behind = try Self.rounded("classes: [0]\nlayer: q\nmethods: [grad-cam]")
    #expect(behind.words { try behind.gallery.build().warnings } == "")
  }

  @Test("a target that is rounded itself is named")
  func index() throws {
    let site = try SmallNetworkSite("target: 'best[0]'\nlayer: r\nmethods: [grad-cam]") { model in
      model.scores(of: "r", [1, -1, 1, 2])
      model.node("Round", ["logits"], ["best"])
      model.output("best")
    }
    // There is a warning too: which of the two outputs are the scores is a choice.
    let first = site.words { try site.gallery.check() }.split(separator: "\n").first.map(String.init)
    #expect(
      first
        == "content/experiments/a.md:5: error: “grad-cam” needs "
        + Self.fault.replacing("the classes’ scores", with: "“best[0]”").replacing(
          "node_q” (Round)", with: "node_best” (Round)")
    )
  }

  @Test("methods of attention under a network without any: an error at the block, by check too")
  func attention() throws {
    let site = try TabletopSite([
      "a": "---\ntitle: A\nmodel: tabletop\n---\n```explain\nimage: mug-apple.jpg\nclasses: [mug]\n"
        + "methods: [attention-rollout]\n```\n"
    ])
    let fault =
      "content/experiments/a.md:5: error: the network has no layer in which all tokens of the picture attend to each other, and "
      + "methods of attention need one. Try “grad-cam”, which works on any layer."
    #expect(try site.faults() == fault)
    let error = #expect(throws: DiagnosticList.self) { try Gallery(site.options).check() }
    #expect("\(try #require(error))".replacing(site.folder.url.path + "/", with: "") == fault)
  }

  @Test("a layer of one cell, behind which nothing is spatial, is refused where it is named")
  func oneCell() throws {
    let site = try SmallNetworkSite("classes: [0]\nlayer: pool\nmethods: [grad-cam]") { model in
      model.node("GlobalAveragePool", ["r"], ["pool"])
      model.node("Flatten", ["pool"], ["means"])
      model.constant("m", [2, 2], [1, -1, 1, 2])
      model.node("MatMul", ["means", "m"], ["logits"])
    }
    #expect(
      site.words { try site.gallery.check() }
        == "content/experiments/a.md:9:8: error: layer “pool” has shape 1×2×1×1, one cell for the whole picture: there and "
        + "behind it nothing is spatial. Try “node_r”, before the pooling.")
  }
}
