import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Gallery

@Suite("The report of a comparison")
struct DriftPageTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func compare(_ second: String = "tabletop-shortcut", methods: [String] = ["grad-cam"]) throws -> DriftReport {
    var request = DriftRequest(
      "tabletop", second,
      options: BuildOptions(
        content: TabletopContent.original.path, templates: TabletopContent.templates.path, store: folder.path("store")))
    (request.images, request.classes) = ([TabletopContent.photo.path], ["mug", "apple"])
    (request.methods, request.output) = (methods, folder.path("report"))
    return try Drift(request).run()
  }

  private struct Written: Decodable {
    struct Cell: Decodable {
      let subject: String
      let value_change, rank_correlation, overlap, change: Double
      let beyond: [String]
    }

    let cells: [Cell]
    let files: [String]
    let beyond: Int
  }

  private func written() throws -> Written {
    try JSONDecoder().decode(
      Written.self, from: Data(contentsOf: URL(fileURLWithPath: folder.path("report/comparison.json"))))
  }

  @Test("it is a page with the photo, both maps and their difference, all in its folder, and the numbers as JSON")
  func page() throws {
    let report = try compare()
    let found = try written()
    #expect(found.beyond == 2 && found.cells.map(\.subject) == report.cells.map(\.subject))
    #expect(found.cells[0].beyond == ["logit", "rank", "correlation", "overlap"])
    #expect(found.cells.map(\.overlap) == report.cells.map(\.overlap))
    let files = try folder.files(in: "report")
    #expect(Set(files.keys) == Set(found.files + ["comparison.json"]))
    for name in ["1-photo.jpg", "1-a.jpg", "1-b.jpg", "1-difference.jpg"] {
      #expect(found.files.contains("pictures/\(name)"))
    }
    #expect(files["pictures/1-a.jpg"] != files["pictures/1-b.jpg"])
    let html = String(decoding: try #require(files["index.html"]), as: UTF8.self)
    let addresses = html.matches(of: /(?:src|href)="([^"#]+)"/).map { String($0.1) }
    #expect(addresses.count > 8 && addresses.allSatisfy { files[$0] != nil }, "it asks for nothing from elsewhere")
    #expect(html.contains("2 of 2 cells change beyond the limits") && html.contains("mug-apple.jpg"))
  }

  @Test("a report takes the place of an earlier one, and of nothing else")
  func again() throws {
    _ = try compare(methods: ["grad-cam", "signed"])
    try folder.write("mine", to: "report/pictures/notes.txt")
    _ = try compare(methods: ["grad-cam"])
    #expect(
      try Set(folder.files(in: "report").keys) == Set(written().files + ["comparison.json", "pictures/notes.txt"]))
    try folder.write("mine", to: "report/index.html")
    #expect(try compare("tabletop").beyond == 0, "what a report wrote is its own")
    for name in ["index.html", "comparison.json"] {
      try FileManager.default.removeItem(atPath: folder.path("report"))
      try folder.write("mine", to: "report/\(name)")
      let fault = #expect(throws: DiagnosticList.self) { _ = try compare() }
      #expect(
        fault?.description.replacing(folder.url.path + "/", with: "")
          == "error: “report/\(name)” is there already, and no “sitegen compare” wrote it. "
          + "Move it away, or name another folder with --output.")
      #expect(try folder.files(in: "report") == [name: Data("mine".utf8)])
    }
  }

  @Test("what a manifest names that no report has is never taken away")
  func hostile() throws {
    _ = try compare()
    let manifest = try #require(try folder.files(in: "report")["comparison.json"])
    let names = ["../victim.png", "pictures/../1.png", "pictures/notes.txt", "index.html/1.png"]
    let text = String(decoding: manifest, as: UTF8.self)
      .replacing("\"files\" : [", with: "\"files\" : [" + names.map { "\"\($0)\", " }.joined())
    try folder.write(text, to: "report/comparison.json")
    try folder.write("mine", to: "victim.png")
    try folder.write("mine", to: "report/1.png")
    try folder.write("mine", to: "report/pictures/notes.txt")
    _ = try compare(methods: ["signed"])
    #expect(try folder.files(in: ".")["victim.png"] == Data("mine".utf8))
    #expect(try folder.files(in: "report")["1.png"] == Data("mine".utf8))
    #expect(try folder.files(in: "report")["pictures/notes.txt"] == Data("mine".utf8))
  }
}
