import Foundation
import Gallery
import TestSupport
import Testing

@Suite("Names that look alike are names of different things")
struct NamesTests {
  private static func page(_ image: String) -> String {
    "---\ntitle: T\nmodel: tabletop\nimage: \(image)\nclasses: [8]\nmethods: [grad-cam]\nlayer: relu8\n---\n"
  }

  #if os(Linux)
    @Test("two photos whose names differ only in how an accent is spelled are two photos")
    func spellings() throws {
      let names = ["caf\u{e9}.jpg", "cafe\u{301}.jpg"]
      let site = try TabletopSite(["a": Self.page(names[0]), "b": Self.page(names[1]), "c": Self.page("mug.jpg")])
      for (name, photo) in zip(names + ["mug.jpg"], ["desk", "mushroom", "mug"]) {
        try site.folder.copy(
          TabletopContent.original.appendingPathComponent("images/\(photo).jpg"), as: "content/images/" + name)
      }
      #expect(try site.build().pictures == 3)
      let files = try site.folder.files(in: "public/explanations/experiments")
      let photos = ["a", "b", "c"].compactMap { name in
        files.first { $0.key.withoutHash == "\(name)/1/photo.jpg" }?.value
      }
      #expect(Set(photos).count == 3)
    }

    @Test("two cards whose names read the same are a fault: pages could mean either")
    func cards() throws {
      let site = try TabletopSite([:])
      for name in ["caf\u{e9}", "cafe\u{301}"] {
        try site.folder.write(
          "---\ntitle: \(name.utf8.count)\nslug: s\(name.utf8.count)\nfile: tabletop/model.onnx\ninput: {size: 128}\n---\n",
          to: "content/models/\(name).md")
      }
      #expect(
        try site.faults().contains("error: Another card’s name reads the same as this one’s. Rename one of them."))
    }
  #endif

  /// A network whose layers have names that come out alike as names of files.
  private static let layers = ["a/b", "a_b", "A_B", "a b", "a_b-2"]

  private static func network() -> [UInt8] {
    var model = ONNXBuilder()
    model.input("x", [1, 3, 8, 8])
    var last = "x"
    for (number, name) in layers.enumerated() {
      let weights = (0..<9).map { Float(($0 * 7 + number * 5) % 11) / 11 - 0.3 }
      model.constant("w\(number)", [3, 3, 1, 1], weights)
      model.node("Conv", [last, "w\(number)"], [name])
      last = name
    }
    model.node("GlobalAveragePool", [last], ["p"])
    model.node("Flatten", ["p"], ["logits"])
    model.output("logits")
    return model.bytes
  }

  @Test("layers whose names come out alike get files of their own, on file systems that ignore case too")
  func explain() throws {
    let folder = try TemporaryFolder()
    let model = folder.path("net.onnx")
    try Data(Self.network()).write(to: URL(fileURLWithPath: model))
    let request = StandaloneRequest(
      image: TabletopContent.photo.path, model: model, classes: ["1"], layers: Self.layers,
      methods: ["grad-cam", "counterfactual", "guided-grad-cam"], output: folder.path("out"), writesArrays: true)
    let manifest = try StandaloneExplanation(request).run()
    let results = manifest.classes.flatMap(\.results)
    #expect(results.count == 15)
    #expect(Set(results.map { $0.picture.lowercased() }).count == 15)
    #expect(Set(results.compactMap { $0.array?.lowercased() }).count == 15)
    let files = try folder.files(in: "out")
    #expect(Set(files.keys) == Set(manifest.files + ["manifest.json"]))
    // What speaks for the class and what speaks against it are each layer's own.
    let maps = Dictionary(grouping: results.filter { $0.method != "guided-grad-cam" }) { $0.layer }
      .values.map { $0.compactMap { $0.array.flatMap { files[$0] } } }
    #expect(maps.count == 5)
    #expect(Set(maps).count == 5)
    #expect(results[0].picture == "1/node_a_b-grad-cam.png")
  }

  @Test("so they do on pages")
  func pages() throws {
    let site = try TabletopSite([
      "a": """
      ---
      title: T
      model: net
      image: mug-apple.jpg
      classes: [1]
      methods: [grad-cam, counterfactual]
      layer: [a/b, a_b, A_B, a b, a_b-2]
      ---
      """
    ])
    try Data(Self.network()).write(to: URL(fileURLWithPath: site.folder.path("content/models/net.onnx")))
    try site.folder.write("---\ntitle: N\nfile: net.onnx\ninput: {size: 8}\n---\n", to: "content/models/net.md")
    let report = try site.build()
    #expect(report.explanations == 5)
    let pictures = try site.folder.files(in: "public/explanations/experiments/a/1")
    #expect(Set(pictures.keys.map { $0.lowercased() }).count == pictures.count)
    #expect(Set(pictures.values).count == pictures.count)
    let pages = try site.text("experiments/a.html") + site.text("index.html")
    for name in pictures.keys { #expect(pages.contains("explanations/experiments/a/1/\(name)"), "\(name)") }
  }
}
