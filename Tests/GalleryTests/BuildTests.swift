import Foundation
import Gallery
import TestSupport
import Testing

@Suite("Building a gallery")
struct BuildTests {
  static let mugOrApple = """
    ---
    title: Mug or apple?
    model: tabletop
    ---
    ```explain
    image: mug-apple.jpg
    classes: [mug, 0, n00000006]
    layer: relu6
    colormap: jet
    ```
    """

  @Test("an experiment becomes a page with a row for each class and its panels")
  func page() throws {
    let site = try TabletopSite(["mug-apple": Self.mugOrApple])
    let report = try site.build()
    #expect(report.explanations == 3)
    #expect(report.pictures == 1)
    let html = try site.text("experiments/mug-apple.html")
    for text in ["mug", "apple", "die", "relu6", "Probability", "5.13", "n00000009"] {
      #expect(html.contains(text), "the page lacks “\(text)”")
    }
    let files = try site.folder.files(in: "public").keys.filter { $0.hasPrefix("explanations/") }.sorted()
    // What shows the photo is JPEG; maps and gradients are exact.
    let panels = ["grad-cam-map.png", "grad-cam.jpg", "grad-cam.npy", "guided-backprop.png", "guided-grad-cam.png"]
    let folder = "explanations/experiments/mug-apple/1"
    let wanted = ["0", "5", "8"].flatMap { index in panels.map { "\(index)-\($0)" } }
    // And what the card shows, of the first row.
    #expect(
      Set(files.map(\.withoutHash))
        == Set(
          (wanted + ["8-grad-cam-map-400.png", "manifest.json", "photo-400.jpg", "photo.jpg"]).map { "\(folder)/\($0)" }
        ))
    let home = try site.text("index.html")
    for file in files {
      #expect(html.contains("../\(file)") || home.contains("\"\(file)"), "no page shows \(file)")
    }
    #expect(try site.text("index.html").contains("Mug or apple?"))
    #expect(try site.text("models/tabletop.html").contains("422,692"))
  }

  @Test("two builds that know nothing of each other give the same bytes")
  func determinism() throws {
    let site = try TabletopSite(["mug-apple": Self.mugOrApple])
    _ = try site.build()
    var options = site.options
    options.store = site.folder.path("another store")
    options.output = site.folder.path("another site")
    #expect(try Gallery(options).build().networkRuns == 1)
    let files = try site.folder.files(in: "public")
    #expect(files.count > 10)
    #expect(try site.folder.files(in: "another site") == files)
  }

  @Test("a list of layers makes a row a layer, and every method has its panel")
  func layersAndMethods() throws {
    let site = try TabletopSite([
      "layers": """
      ---
      title: Layers
      model: tabletop
      image: mug-apple.jpg
      top: 1
      layer: [relu4, relu8]
      methods: [gradient, grad-cam, counterfactual, localization]
      boxes:
        - [180, 60, 300, 400]
      ---
      """
    ])
    #expect(try site.build().explanations == 2)
    let html = try site.text("experiments/layers.html")
    for text in [
      "relu4", "relu8", "IoU with the dashed true box 0.", "Counterfactual", "Localization", "Gradient",
    ] {
      #expect(html.contains(text), "the page lacks “\(text)”")
    }
  }

  @Test("a map without evidence is named as such and shows the photo unpainted")
  func blankMap() throws {
    let site = try TabletopSite([
      "blank": """
      ---
      title: Blank
      model: positive
      image: mug-apple.jpg
      classes: [1]
      methods: [counterfactual]
      layer: relu
      ---
      """
    ])
    // Every weight behind the rectifier is positive, so no map there speaks against any class.
    var model = ONNXBuilder()
    model.input("x", [1, 3, 16, 16])
    model.constant("w", [4, 3, 3, 3], (0..<108).map { Float($0 % 7) / 8 })
    model.constant("m", [4, 2], [1, 2, 3, 4, 5, 6, 7, 8])
    model.node("Conv", ["x", "w"], ["conv"])
    model.node("Relu", ["conv"], ["relu"])
    model.node("GlobalAveragePool", ["relu"], ["mean"])
    model.node("Flatten", ["mean"], ["flat"])
    model.node("MatMul", ["flat", "m"], ["logits"])
    model.output("logits")
    try Data(model.bytes).write(to: URL(fileURLWithPath: site.folder.path("content/models/positive.onnx")))
    try site.folder.write(
      "---\ntitle: Positive\nfile: positive.onnx\ninput: {size: 16}\n---\n", to: "content/models/positive.md")
    _ = try site.build()
    #expect(try site.text("experiments/blank.html").contains("Layer node_relu holds no evidence against this class."))
    let pictures = try site.folder.files(in: "public").keys
      .filter { $0.hasPrefix("explanations/") && $0.hasSuffix("g") }
    #expect(
      pictures.map(\.withoutHash).sorted()
        == ["photo-400.jpg", "photo.jpg"].map {
          "explanations/experiments/blank/1/\($0)"
        })
  }

  @Test("a page's figures share the pictures that are the same; another page has its own")
  func sharedPictures() throws {
    let block = "```explain\nimage: mug-apple.jpg\nclasses: [8]\nmethods: [grad-cam]\n```\n"
    let page = "---\ntitle: A\nmodel: tabletop\n---\n"
    let site = try TabletopSite([
      "a": page + block + block.replacing("classes: [8]", with: "classes: [0]"), "b": page + block,
    ])
    _ = try site.build()
    let pictures = try site.folder.files(in: "public").keys
      .filter { $0.hasPrefix("explanations/") && $0.hasSuffix("g") }.sorted()
    let folder = "explanations/experiments"
    #expect(
      pictures.map(\.withoutHash) == [
        "\(folder)/a/1/8-grad-cam.jpg", "\(folder)/a/1/8-grad-cam-map-400.png", "\(folder)/a/1/8-grad-cam-map.png",
        "\(folder)/a/1/photo-400.jpg", "\(folder)/a/1/photo.jpg",
        "\(folder)/a/2/0-grad-cam.jpg", "\(folder)/a/2/0-grad-cam-map-400.png", "\(folder)/a/2/0-grad-cam-map.png",
        "\(folder)/b/1/8-grad-cam.jpg", "\(folder)/b/1/8-grad-cam-map-400.png", "\(folder)/b/1/8-grad-cam-map.png",
        "\(folder)/b/1/photo-400.jpg", "\(folder)/b/1/photo.jpg",
      ])
    // In both figures the photo itself, the link to it, and the photo below the map, with the sizes of both.
    #expect(try site.text("experiments/a.html").ranges(of: "\"../explanations/experiments/a/1/photo-").count == 10)
  }
}
