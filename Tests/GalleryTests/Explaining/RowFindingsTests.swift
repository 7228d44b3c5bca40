import Diagnostics
import Foundation
import Gallery
import NeuralNetwork
import TestSupport
import Testing

/// Blank and doubtful maps, provoked by real runs: what stands on the page, and what `explain` and a build say.
@Suite("Blank and doubtful maps")
struct RowFindingsTests {
  private func build(_ site: SmallNetworkSite) throws -> (page: String, warnings: String) {
    let warnings = site.words { try site.gallery.build().warnings }
    return (try site.page, warnings)
  }

  @Test("where everything speaks against the class, the page leads to the counterfactual")
  func allAgainst() throws {
    let site = try SmallNetworkSite("classes: [0]\nlayer: r\nmethods: [grad-cam, counterfactual]") {
      $0.scores(of: "r", [-1, 1, -2, 1])
    }
    let (page, warnings) = try build(site)
    #expect(page.contains("Every contribution at layer node_r is negative or zero, from -"))
    #expect(page.contains("See “counterfactual”, which shows what speaks against it."))
    #expect(warnings == "")
    let manifest = try StandaloneExplanation(site.request(classes: ["0"], methods: ["grad-cam"], layers: ["r"])).run()
    #expect(manifest.classes[0].results[0].warning?.hasPrefix("Every contribution at layer node_r is negative") == true)
  }

  @Test("a probability of 1 is said with its lead, on the page and by explain, and is no warning of a build")
  func saturated() throws {
    let site = try SmallNetworkSite("classes: [0, 1]\nlayer: r\nmethods: [grad-cam]") {
      $0.scores(of: "r", [200, 1, 100, 1])
    }
    let (page, warnings) = try build(site)
    #expect(page.components(separatedBy: "The probability of this class is 1 to rounding: its score lies ").count == 2)
    #expect(warnings == "")
    let manifest = try StandaloneExplanation(site.request(classes: ["0", "1"], methods: ["grad-cam"], layers: ["r"]))
      .run()
    #expect(manifest.classes[0].findings.contains { $0.hasPrefix("The probability of this class is 1 to rounding") })
    #expect(manifest.classes[1].findings.isEmpty)
  }

  @Test(
    "maps that are equal for all classes are said to be, once by a build, and not those of a method that asks for none")
  func same() throws {
    let site = try SmallNetworkSite("classes: [0, 1, 2]\nlayer: r\nmethods: [grad-cam, gradient, eigen-cam]") { model in
      model.constant("one", [1, 2, 1, 1], [1, 0.5])
      model.node("Conv", ["r", "one"], ["n"])
      model.scores(of: "n", [1, 2, 0.5], maps: 1)
    }
    let (page, warnings) = try build(site)
    #expect(page.contains("The results of Grad-CAM at layer node_r are the same for all 3 classes here"))
    #expect(page.contains("The results of Gradient are the same for all 3 classes here"))
    #expect(!page.contains("The results of Eigen-CAM"))
    let lines = warnings.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(
      lines.allSatisfy {
        $0.hasPrefix("content/experiments/a.md:6:8: warning: “images/mug.jpg” under Net: The results of ")
      })
    let manifest = try StandaloneExplanation(
      site.request(classes: ["0", "1"], methods: ["grad-cam"], layers: ["r"])
    ).run()
    #expect(manifest.classes[1].findings.contains { $0.contains("are the same for all 2 classes here") })
    let different = try SmallNetworkSite("classes: [0, 1]\nlayer: r\nmethods: [grad-cam, gradient]") {
      $0.scores(of: "r", [1, -1, 0.5, 2])
    }
    #expect(try !build(different).page.contains("are the same for all"))
  }

  @Test("what the guided rule does not reach is named beside the figure")
  func partlyGuided() throws {
    let site = try SmallNetworkSite("classes: [0]\nlayer: r\nmethods: [guided-backprop]") { model in
      model.node("Sigmoid", ["r"], ["gate"])
      model.node("Mul", ["r", "gate"], ["s"])
      model.scores(of: "s", [1, -1, 0.5, 2])
    }
    #expect(
      try build(site).page.contains(
        "The guided rule reaches 1 rectifier, but not 1 SiLU; the others keep their plain gradient."))
  }

  @Test("a tensor that was not prepared as the card says is doubted, with its numbers")
  func tensor() throws {
    let site = try SmallNetworkSite(
      "classes: [0]\nlayer: r\nmethods: [grad-cam]",
      input: "{size: [8, 8], mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225]}"
    ) { $0.scores(of: "r", [1, -1, 0.5, 2]) }
    let values = (0..<192).map { Float($0 * 37 % 256) }
    func notes(_ values: [Float]) throws -> [String] {
      let path = site.folder.path("x.npy")
      try Data(Tensor(shape: [1, 3, 8, 8], values).npyData).write(to: URL(fileURLWithPath: path))
      return try StandaloneExplanation(site.request(image: path, classes: ["0"], methods: ["grad-cam"], layers: ["r"]))
        .run().notes.filter { $0.hasPrefix("The input may not be what this network expects") }
    }
    #expect(try notes(values).first?.contains("it reaches from 0 to 255") == true)
    #expect(try notes(values.map { $0 / 255 }).first?.contains("before `mean` and `std`") == true)
    #expect(try notes(values.map { ($0 / 255 - 0.45) / 0.225 }).isEmpty)
  }

  @Test("ImageNet's mean in the other order is doubted where it stands")
  func order() throws {
    let site = try SmallNetworkSite(
      "classes: [0]\nlayer: r", input: "{size: [8, 8], mean: [0.406, 0.456, 0.485], std: [0.225, 0.224, 0.229]}"
    ) { $0.scores(of: "r", [1, -1, 0.5, 2]) }
    #expect(
      site.words { try site.gallery.check() }
        == "content/models/net.md:4:23: warning: `mean` is ImageNet’s in the order blue, green, red, and `channels` is rgb. "
        + "Set `channels: bgr` if the network was trained so; else turn `mean` and `std` round.")
  }
}
