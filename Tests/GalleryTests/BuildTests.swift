import Foundation
import Gallery
import Imaging
import TestSupport
import Testing

@Suite("Building a gallery", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
struct BuildTests {
  static let catOrDog = """
    ---
    title: Cat or dog?
    model: squeezenet
    ---
    ```explain
    image: cat-dog.png
    classes: [tiger cat, 242, n02108422]
    layer: relu_conv_final
    colormap: jet
    ```
    """

  @Test("an experiment becomes a page with a row for each class and its panels")
  func page() throws {
    let site = try ImageNetSite(["cat-dog": Self.catOrDog])
    let report = try site.build()
    #expect(report.explanations == 3)
    #expect(report.pictures == 1)
    let html = try site.text("experiments/cat-dog.html")
    for text in ["tiger cat", "boxer", "bull mastiff", "relu_conv_final", "Probability", "15.99", "n02123159"] {
      #expect(html.contains(text), "the page lacks “\(text)”")
    }
    let files = try site.folder.files(in: "public").keys.filter { $0.hasPrefix("explanations/") }.sorted()
    // What shows the photo is JPEG; gradients are exact.
    let panels = ["grad-cam.jpg", "guided-backprop.png", "guided-grad-cam.png"]
    #expect(
      files
        == ["242", "243", "282"].flatMap { index in
          panels.map { "explanations/experiments/cat-dog/1/\(index)-\($0)" }
        } + ["explanations/experiments/cat-dog/1/photo.jpg"])
    for file in files {
      #expect(html.contains("../\(file)"), "the page does not show \(file)")
    }
    #expect(try site.text("index.html").contains("Cat or dog?"))
    #expect(try site.text("models/squeezenet.html").contains("1,248,424"))
  }

  @Test("the panels look like those of the PyTorch libraries")
  func panels() throws {
    let site = try ImageNetSite(["cat-dog": Self.catOrDog.replacing("relu_conv_final", with: "fire9/concat")])
    _ = try site.build()
    // Rows: tiger cat, boxer, bull mastiff; columns of 227 pixels: photo, guided, Grad-CAM in jet, Guided Grad-CAM.
    let sheet = try Image(contentsOfFile: ReferenceData.url("imagenet/reference/panels.png").path)
    for (row, index) in [282, 242, 243].enumerated() {
      for (column, panel) in ["guided-backprop.png", "grad-cam.jpg", "guided-grad-cam.png"].enumerated() {
        let cell = Rect(x: (column + 1) * 227, y: row * 227, width: 227, height: 227)
        let expected = sheet.cropped(to: cell)
        let path = site.folder.path("public/explanations/experiments/cat-dog/1/\(index)-\(panel)")
        let found = try Image(contentsOfFile: path).resized(width: 227, height: 227)
        let difference = zip(found.pixels, expected.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        #expect(Double(difference) / Double(found.pixels.count) < 4, "\(panel) of \(index)")
      }
    }
  }

  @Test("two builds give the same bytes")
  func determinism() throws {
    let site = try ImageNetSite(["cat-dog": Self.catOrDog])
    _ = try site.build()
    let first = try site.folder.files(in: "public")
    _ = try site.build()
    #expect(try site.folder.files(in: "public") == first)
  }

  @Test("a list of layers makes a row a layer, and every method has its panel")
  func layersAndMethods() throws {
    let site = try ImageNetSite([
      "layers": """
      ---
      title: Layers
      model: squeezenet
      image: cat-dog.png
      top: 1
      layer: [fire5/concat, fire9/concat]
      methods: [gradient, grad-cam, counterfactual, localization]
      boxes:
        - [60, 10, 80, 150]
      ---
      """
    ])
    #expect(try site.build().explanations == 2)
    let html = try site.text("experiments/layers.html")
    for text in [
      "fire5/concat", "fire9/concat", "IoU with the dashed true box 0.", "Counterfactual", "Localization", "Gradient",
    ] {
      #expect(html.contains(text), "the page lacks “\(text)”")
    }
  }

  @Test("a map without evidence is named as such and shows the photo unpainted")
  func blankMap() throws {
    let site = try ImageNetSite([
      "blank": """
      ---
      title: Blank
      model: squeezenet
      image: cat-dog.png
      classes: [282]
      methods: [counterfactual]
      layer: relu_conv_final
      ---
      """
    ])
    _ = try site.build()
    // At relu_conv_final the logit is the mean of one map, so its gradient is nowhere negative.
    #expect(
      try site.text("experiments/blank.html").contains("Layer relu_conv_final holds no evidence against this class."))
    let pictures = try site.folder.files(in: "public").keys.filter { $0.hasPrefix("explanations/") }
    #expect(pictures == ["explanations/experiments/blank/1/photo.jpg"])
  }

  @Test("a page's figures share the pictures that are the same; another page has its own")
  func sharedPictures() throws {
    let block = "```explain\nimage: cat-dog.png\nclasses: [282]\nmethods: [grad-cam]\n```\n"
    let page = "---\ntitle: A\nmodel: squeezenet\n---\n"
    let site = try ImageNetSite(["a": page + block + block.replacing("282", with: "242"), "b": page + block])
    _ = try site.build()
    let pictures = try site.folder.files(in: "public").keys.filter { $0.hasPrefix("explanations/") }.sorted()
    let folder = "explanations/experiments"
    #expect(
      pictures == [
        "\(folder)/a/1/282-grad-cam.jpg", "\(folder)/a/1/photo.jpg", "\(folder)/a/2/242-grad-cam.jpg",
        "\(folder)/b/1/282-grad-cam.jpg", "\(folder)/b/1/photo.jpg",
      ])
    #expect(try site.text("experiments/a.html").components(separatedBy: "a/1/photo.jpg").count == 3)
  }
}
