import Diagnostics
import Files
import Foundation
import NeuralNetwork
import TestSupport
import Testing

@testable import Gallery

@Suite("sitegen compare of two networks")
struct DriftTests {
  private let folder: TemporaryFolder
  private static let photo = TabletopContent.photo.path

  init() throws { folder = try TemporaryFolder() }

  private var options: BuildOptions {
    BuildOptions(
      content: TabletopContent.original.path, templates: TabletopContent.templates.path, store: folder.path("store"))
  }

  private func request(
    _ a: String = "tabletop", _ b: String = "tabletop", images: [String] = [photo], classes: [String] = ["mug"],
    methods: [String] = ["grad-cam"]
  ) -> DriftRequest {
    var request = DriftRequest(a, b, options: options)
    (request.images, request.classes, request.methods) = (images, classes, methods)
    return request
  }

  private func fault(_ request: DriftRequest) throws -> String {
    do {
      _ = try Drift(request).run()
      return ""
    } catch {
      return "\(error)".replacing(folder.url.path + "/", with: "")
        .replacing(TabletopContent.original.path, with: "content")
    }
  }

  // MARK: - Alike

  @Test("a network is like itself, and like a copy of its file, by whatever method")
  func same() throws {
    let model = TabletopContent.original.appendingPathComponent("models/tabletop/model.onnx")
    try folder.copy(model, as: "copy.onnx")
    var asked = request(
      classes: [], methods: ["grad-cam", "guided-backprop", "signed", "localization"])
    asked.top = 2
    let itself = try Drift(asked).run()
    #expect(itself.count == 8 && itself.beyond == 0 && itself.cells.allSatisfy { $0.change == 0 })
    #expect(itself.notes == ["A and B are the same network, to the byte."])
    for (a, b, note) in [
      ("tabletop", folder.path("copy.onnx"), "B is run as the card of A says: the same input, labels and layer."),
      (folder.path("copy.onnx"), "tabletop", "A is run as the card of B says: the same input, labels and layer."),
    ] {
      (asked.first, asked.second) = (a, b)
      let copy = try Drift(asked).run()
      #expect(copy.count == 8 && copy.beyond == 0 && copy.cells.allSatisfy { $0.valueChange == 0 })
      #expect(copy.notes == [note, "A and B are the same network, to the byte."])
    }
  }

  @Test("what the store knows is not computed again")
  func store() throws {
    let told = Told()
    #expect(try Drift(request()).run(progress: told.note).beyond == 0)
    #expect(told.count == 1, "the second network is the first one")
    #expect(try Drift(request()).run(progress: told.note).beyond == 0)
    #expect(told.count == 1)
  }

  // MARK: - Changed

  @Test("a network that was taught a shortcut about mugs gives itself away: the mug's cells lead")
  func shortcut() throws {
    let images = ["mug.jpg", "mug-apple.jpg"].map {
      TabletopContent.original.appendingPathComponent("images/\($0)").path
    }
    let report = try Drift(
      request("tabletop", "tabletop-shortcut", images: images, classes: ["apple", "book", "mug"])
    ).run()
    #expect(report.count == 6 && report.beyond == 6)
    #expect(report.cells.prefix(2).map(\.subject) == ["mug", "mug"])
    #expect(report.cells[0].image.hasSuffix("/mug.jpg") && report.cells[0].a?.rank == 1)
    let change = try #require(report.cells[0].valueChange)
    #expect(report.cells[0].rankChange == 5 && change < -5)
    #expect(report.cells.map(\.change) == report.cells.map(\.change).sorted(by: >))
    #expect(report.cells[0].beyond == [.logit, .rank, .correlation, .overlap])
    #expect(report.verdict.hasPrefix("6 of 6 cells change beyond the limits: logits within 0.01, ranks within 0, "))
    let lines = report.text.split(separator: "\n")
    #expect(lines[0] == "A is tabletop, B is tabletop-shortcut." && lines[1].hasPrefix("CHANGE  PICTURE"))
    #expect(lines[2].contains("mug.jpg") && lines[2].hasSuffix("logit, rank, correlation, overlap"))
  }

  @Test("without pictures those of the explain blocks that use the first network are taken, with their classes")
  func blocks() throws {
    let site = try TabletopSite([
      "one": """
      ---
      title: One
      model: tabletop
      image: mug-apple.jpg
      classes: [mug, apple]
      methods: [grad-cam, guided-backprop]
      ---
      """
    ])
    var asked = DriftRequest("tabletop", "tabletop", options: site.options)
    let report = try Drift(asked).run()
    #expect(Set(report.cells.map { "\($0.subject) \($0.method)" }).count == 4 && report.beyond == 0)
    #expect(Set(report.cells.map(\.image)) == ["images/mug-apple.jpg"])
    asked.methods = ["hires-cam"]
    #expect(try Drift(asked).run().cells.map(\.method) == ["hires-cam", "hires-cam"])
  }

  // MARK: - Labels

  /// A network that says which of three colours a picture has most of, in any order of classes.
  private func colors(_ order: [Int], labels: [String], named name: String) throws {
    var model = ONNXBuilder()
    model.input("image", [1, 3, 16, 16])
    model.constant("kernel", [3, 3, 1, 1], [1, 0.2, 0, 0, 1, 0.1, 0.3, 0, 1])
    let rows = (0..<3).map { row in order.map { $0 == row ? Float(3 - row) : Float(0.1) } }
    model.constant("weights", [3, order.count], rows.flatMap { $0 })
    model.node("Conv", ["image", "kernel"], ["conv"])
    model.node("Relu", ["conv"], ["maps"])
    model.node("GlobalAveragePool", ["maps"], ["pooled"])
    model.node("Flatten", ["pooled"], ["flat"])
    model.node("MatMul", ["flat", "weights"], ["scores"])
    model.output("scores")
    try folder.write(labels.joined(separator: "\n") + "\n", to: "content/models/\(name).txt")
    try Data(model.bytes).write(to: URL(fileURLWithPath: folder.path("content/models/\(name).onnx")))
    try folder.write(
      "---\ntitle: \(name)\nfile: \(name).onnx\nlabels: \(name).txt\ninput: {size: 16}\nlayer: maps\n---\n",
      to: "content/models/\(name).md")
  }

  private func colorRequest(_ a: String, _ b: String, _ classes: [String]) -> DriftRequest {
    var asked = request(a, b, classes: classes, methods: ["grad-cam", "guided-backprop"])
    asked.options.content = folder.path("content")
    return asked
  }

  @Test("classes are matched by their labels, wherever they stand")
  func permuted() throws {
    try colors([0, 1, 2], labels: ["red", "green", "blue"], named: "first")
    try colors([2, 0, 1], labels: ["blue", "red", "green"], named: "second")
    let report = try Drift(colorRequest("first", "second", ["red", "green", "blue"])).run()
    #expect(report.count == 6 && report.beyond == 0)
    for cell in report.cells {
      #expect(cell.a?.index != cell.b?.index && cell.a?.rank == cell.b?.rank)
      let change = try #require(cell.valueChange)
      #expect(abs(change) < 1e-5 && cell.overlap == 1)
    }
  }

  @Test("a class that the second network lacks is said, and counts")
  func lacking() throws {
    try colors([0, 1, 2], labels: ["red", "green", "blue"], named: "first")
    try colors([1, 0], labels: ["green", "red"], named: "second")
    let report = try Drift(colorRequest("first", "second", ["red", "blue"])).run()
    #expect(report.count == 4)
    #expect(report.cells.prefix(2).map(\.subject) == ["blue", "blue"])
    #expect(report.cells[0].beyond == [.lacking] && report.cells[0].b == nil)
    #expect(report.cells[0].notes == ["B has no such cell."])
    #expect(report.cells.suffix(2).allSatisfy { $0.subject == "red" && $0.overlap == 1 && $0.beyond == [] })
    #expect(
      try fault(colorRequest("first", "second", ["blue"]))
        == "error: “second” has none of the classes that are compared: “blue”. Name a class of both with --class.")
  }

  // MARK: - Faults

  @Test("what cannot be compared is named with a way out")
  func faults() throws {
    try folder.write("", to: "empty/notes.txt")
    #expect(
      try fault(request("tabletop", "tabletob"))
        == "error: There is no model “tabletob”: content/models/tabletob.md does not exist. "
        + "Name a card in content/models, the path of a card, or an .onnx file.")
    #expect(
      try fault(request(images: [folder.path("empty")]))
        == "error: The folder “empty” has no pictures. Name one with files that end in .png, .jpg or .jpeg.")
    #expect(
      try fault(request("tabletop-shortcut", classes: ["mugg"]))
        == "--class: error: class “mugg” is not a label of tabletop-shortcut. Did you mean “mug”?")
    #expect(
      try fault(request(methods: ["gradcam"])).hasPrefix("--method: error: “gradcam”"))
    let model = TabletopContent.original.appendingPathComponent("models/tabletop/model.onnx")
    try folder.copy(model, as: "copy.onnx")
    #expect(
      try fault(request(folder.path("copy.onnx"), folder.path("copy.onnx"), images: []))
        == "error: There are no pictures to compare by: explain blocks name cards, and neither network has one. "
        + "Name some with --image.")
    let site = try TabletopSite([:])
    #expect(
      try fault(DriftRequest("tabletop", "tabletop", options: site.options))
        .replacing(site.folder.url.path + "/", with: "")
        == "error: There are no pictures to compare by: no explain block in content uses “tabletop”. "
        + "Name some with --image.")
  }
}

/// What was told, from any thread.
private final class Told: Sendable {
  private let lines = Guarded<[String]>([])

  var count: Int { lines.withLock { $0.count } }

  @Sendable func note(_ line: String) { lines.withLock { $0.append(line) } }
}
