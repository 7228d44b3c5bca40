import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Gallery

@Suite("sitegen compare of two folders")
struct DriftFolderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func explain(
    _ model: String, to output: String, classes: [String] = ["mug", "apple"], image: String = "mug-apple.jpg",
    methods: [String] = ["grad-cam", "guided-backprop", "localization"], arrays: Bool = true
  ) throws {
    let request = StandaloneRequest(
      image: TabletopContent.original.appendingPathComponent("images/\(image)").path, model: model, classes: classes,
      methods: methods, output: folder.path(output), writesArrays: arrays, content: TabletopContent.original.path)
    _ = try StandaloneExplanation(request).run()
  }

  private func report(_ a: String, _ b: String) throws -> DriftReport {
    var options = BuildOptions()
    (options.content, options.templates) = (folder.path("content"), TabletopContent.templates.path)
    return try Drift(DriftRequest(folder.path(a), folder.path(b), options: options)).run()
  }

  private func fault(_ a: String, _ b: String) throws -> String {
    do {
      _ = try report(a, b)
      return ""
    } catch {
      return "\(error)".replacing(folder.url.path + "/", with: "")
    }
  }

  @Test("two results of sitegen explain are compared by their arrays, as their networks would be")
  func explained() throws {
    try explain("tabletop", to: "a")
    try explain("tabletop", to: "b")
    try explain("tabletop-shortcut", to: "c")
    let same = try report("a", "b")
    #expect(same.count == 6 && same.beyond == 0 && same.cells.allSatisfy { $0.overlap == 1 })
    let found = try report("a", "c")
    #expect(found.beyond == 6 && found.cells[0].subject == "mug")
    var asked = DriftRequest(
      "tabletop", "tabletop-shortcut",
      options: BuildOptions(
        content: TabletopContent.original.path, templates: TabletopContent.templates.path, store: folder.path("store")))
    (asked.images, asked.classes) = ([TabletopContent.photo.path], ["mug", "apple"])
    asked.methods = ["grad-cam", "guided-backprop", "localization"]
    let networks = try Drift(asked).run()
    func numbers(_ report: DriftReport, _ number: (DriftReport.Cell) -> Double?) -> [Double] {
      report.cells.sorted { ($0.subject, $0.method) < ($1.subject, $1.method) }.compactMap(number)
    }
    #expect(deviation(numbers(found) { $0.valueChange }, from: numbers(networks) { $0.valueChange }) < 1e-4)
    #expect(deviation(numbers(found) { $0.rankCorrelation }, from: numbers(networks) { $0.rankCorrelation }) < 1e-4)
    #expect(deviation(numbers(found) { $0.overlap }, from: numbers(networks) { $0.overlap }) < 0.02)
  }

  @Test("classes and methods that one result lacks are said, and count; other pictures are said")
  func lacking() throws {
    try explain("tabletop", to: "a", methods: ["grad-cam"])
    try explain("tabletop", to: "b", classes: ["mug", "book"], methods: ["grad-cam"])
    let found = try report("a", "b")
    #expect(found.cells.map(\.subject) == ["apple", "book", "mug"])
    #expect(found.cells.map(\.notes) == [["B has no such cell."], ["A has no such cell."], []])
    #expect(found.cells.map(\.beyond) == [[.lacking], [.lacking], []] && found.beyond == 2)
    try explain("tabletop", to: "c", image: "mug.jpg", methods: ["grad-cam"])
    let other = try report("a", "c")
    #expect(other.notes.count == 1 && other.notes[0].hasPrefix("A’s picture is ") && other.notes[0].contains("mug.jpg"))
  }

  @Test("two builds are compared by what their figures offer to be taken away")
  func builds() throws {
    let page = """
      ---
      title: One
      model: tabletop
      ---
      ```explain
      image: mug-apple.jpg
      classes: [mug, apple]
      methods: [grad-cam, guided-backprop, localization]
      ```
      """
    let site = try TabletopSite(["one": page])
    var options = site.options
    _ = try Gallery(options).build()
    let shortcut = TabletopContent.original.appendingPathComponent("models/tabletop-shortcut/model.onnx")
    let model = URL(fileURLWithPath: site.folder.path("content/models/tabletop/model.onnx"))
    try Data(contentsOf: shortcut).write(to: model)
    options.output = site.folder.path("again")
    _ = try Gallery(options).build()
    func compare(_ a: String, _ b: String) throws -> DriftReport {
      try Drift(DriftRequest(site.folder.path(a), site.folder.path(b), options: options)).run()
    }
    let same = try compare("public", "public")
    #expect(same.count == 6 && same.beyond == 0)
    let found = try compare("public", "again")
    #expect(found.count == 6 && found.beyond == 6 && found.cells[0].subject == "mug")
    // A build keeps the raw values of maps: of a gradient, what the network says is compared.
    let gradients = found.cells.filter { $0.method == "guided-backprop" }
    #expect(gradients.count == 2 && gradients.allSatisfy { $0.overlap == nil && $0.valueChange != nil })
  }

  @Test("folders that hold no results, or none to compare, are refused")
  func faults() throws {
    try folder.write("text", to: "empty/notes.txt")
    try folder.write("{\"name\": 1}", to: "other/manifest.json")
    try explain("tabletop", to: "a", methods: ["grad-cam"])
    try explain("tabletop", to: "pictures", methods: ["grad-cam"], arrays: false)
    try explain("tabletop", to: "book", classes: ["book"], methods: ["grad-cam"])
    let hint = "Name a folder that “sitegen explain --arrays” or “sitegen build” wrote, a model card, or an .onnx file."
    #expect(try fault("empty", "a") == "error: “empty” holds no results. \(hint)")
    #expect(try fault("a", "other") == "error: “other” holds no results. \(hint)")
    #expect(
      try fault("a", "pictures")
        == "error: “pictures” has no raw values to compare. "
        + "Explain with --arrays, or build with `arrays: maps` or `arrays: all`.")
    #expect(
      try fault("a", "book")
        == "error: “a” and “book” have no cell in common: no target of the same picture by the same method. "
        + "Explain the same pictures, classes and methods.")
    try FileManager.default.removeItem(atPath: folder.path("a/8/grad-cam.npy"))
    #expect(try fault("book", "a") == "a/8/grad-cam.npy: error: the array does not exist.")
    #expect(
      try fault("empty", "absent.onnx")
        == "error: “empty” is a folder with results, and “absent.onnx” a network. "
        + "Compare two of a kind: explain both networks with “sitegen explain --arrays”.")
    var asked = DriftRequest(folder.path("book"), folder.path("book"))
    asked.classes = ["mug"]
    #expect(throws: DiagnosticList.self) { _ = try Drift(asked).run() }
  }
}
