import Foundation
import Imaging
import TestSupport
import Testing

/// A small site with figures of every kind, which the program built from the project's own networks and photos.
final class FigureSite {
  let folder: TemporaryFolder
  private var server: FolderServer?

  /// How readers come to a page.
  enum Visit: String, CaseIterable, CustomTestStringConvertible {
    case file, web
    var testDescription: String { self == .file ? "from a folder" : "over HTTP below a path" }
  }

  /// The pages that have figures, and how many.
  static let figures = ["figures": 3, "kinds": 8, "variants": 4]

  /// Columns and rows of the photo that most figures are about.
  static let photo = (width: 320, height: 240)

  /// The program lies beside the test bundle.
  static let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appendingPathComponent("sitegen")

  init() throws {
    folder = try TabletopContent(["mug-apple": FigureContent.experiment].merging(FigureContent.words) { $1 }).folder
    try folder.write("title: Site\npage_size: 2\n", to: "content/site.yml")
    try folder.write(FigureContent.home, to: "content/index.md")
    for (path, text) in FigureContent.translations { try folder.write(text, to: "content/\(path).ko.md") }
    try folder.write("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", to: "content/static/favicon.svg")
    try folder.write(FigureContent.host, to: "content/static/host.html")
    for (name, text) in FigureContent.pages { try folder.write(text, to: "content/pages/\(name).md") }
    try addNetworks()
    try addPhotos()
    try Self.build(in: folder)
  }

  /// Beside the first network: the same with another way to fit photos in, one that takes the cloth for the mug, and one that
  /// looks at another part of the photo.
  private func addNetworks() throws {
    let labels = TabletopContent.labels.replacing("mushroom", with: "mug")
    try folder.write(labels, to: "content/models/tabletop/labels.txt")
    let card = try String(contentsOfFile: folder.path("content/models/tabletop.md"), encoding: .utf8)
    try folder.write(
      card.replacing("title: Tabletop", with: "title: Padded").replacing(
        "  scale: 1", with: "  resize: pad\n  scale: 1"),
      to: "content/models/padded.md")
    try folder.write(
      card.replacing("title: Tabletop", with: "title: Shortcut")
        .replacing("tabletop/model.onnx", with: "shortcut.onnx"), to: "content/models/shortcut.md")
    try folder.copy(
      TabletopContent.original.appendingPathComponent("models/tabletop-shortcut/model.onnx"),
      as: "content/models/shortcut.onnx")
    try folder.write(
      card.replacing("title: Tabletop", with: "title: Window").replacing("tabletop/model.onnx", with: "window.onnx")
        .replacing("[128, 128]", with: "[16, 16]"), to: "content/models/window.md")
    try Data(WindowNetwork.model.bytes).write(to: folder.url.appendingPathComponent("content/models/window.onnx"))
  }

  private func addPhotos() throws {
    let whole = try Image(contentsOfFile: TabletopContent.photo.path)
    let photo = whole.cropped(to: Rect(x: 0, y: 96, width: 768, height: 576))
      .resized(width: Self.photo.width, height: Self.photo.height)
    try Data(photo.pngData()).write(to: folder.url.appendingPathComponent("content/images/scene.png"))
    for name in ["mug.jpg", "cloth-mug.jpg"] {
      try folder.copy(
        TabletopContent.original.appendingPathComponent("images/\(name)"), as: "content/images/\(name)")
    }
    try folder.write(FigureContent.truth, to: "content/images/things/truth.csv")
    for name in Set(FigureContent.truth.split(separator: "\n").dropFirst().map { String($0.prefix { $0 != "," }) }) {
      let original = TabletopContent.original.appendingPathComponent("images/\(name.replacing(".png", with: ".jpg"))")
      let photo = try Image(contentsOfFile: original.path).resized(width: 128, height: 128)
      try Data(photo.pngData()).write(to: folder.url.appendingPathComponent("content/images/things/\(name)"))
    }
  }

  /// Builds the site of a folder.
  static func build(in folder: TemporaryFolder) throws {
    let process = Process()
    process.executableURL = program
    process.arguments = ["build", "--templates", TabletopContent.templates.path]
    process.currentDirectoryURL = folder.url
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw TalkFault("The site was not built.") }
  }

  /// The address of a page, or of another file of the site.
  func address(_ name: String, by visit: Visit) throws -> String {
    guard visit == .web else { return "file://" + file(name) }
    let server = try self.server ?? FolderServer(folder.url.appendingPathComponent("public"))
    self.server = server
    return server.address + name
  }

  /// The path of a file of the site.
  func file(_ name: String) -> String { folder.path("public/" + name) }

  // MARK: - What stands in its files

  /// The paths of the files that begin like this, from the output folder.
  func files(_ beginning: String) throws -> [String] {
    let parts = beginning.split(separator: "/")
    let name = parts.dropLast().joined(separator: "/")
    return try FileManager.default.contentsOfDirectory(atPath: file(name))
      .filter { $0.hasPrefix(parts.last ?? "") }.sorted().map { "\(name)/\($0)" }
  }

  private struct Manifest: Decodable {
    struct Part: Decodable {
      let model: String
      let cells: [Cell]
    }
    let parts: [Part]
  }

  /// A cell of a figure, as its manifest has it.
  struct Cell: Decodable {
    let label: String
    let method: String
    let probability: Double
    let picture: String?
    let overlay: String?
    let array: String?
    let box: [Int]?
  }

  private func manifest(_ page: String, _ figure: Int) throws -> Manifest {
    let path = file("explanations/pages/\(page)/\(figure)/manifest.json")
    return try JSONDecoder().decode(Manifest.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// The cells of a figure, network by network.
  func cells(_ page: String, _ figure: Int) throws -> [Cell] { try manifest(page, figure).parts.flatMap(\.cells) }

  /// The maps of a figure in the order of their panels, with the values of their .npy files.
  func maps(_ page: String, _ figure: Int) throws -> [PageMap] {
    let html = try String(contentsOfFile: file(page + ".html"), encoding: .utf8)
    let panels = html.matches(
      of: /<div class="panel (?:heat-map|signed-map) [^"]*" id="([^"]*)">\s*<figure>\s*<a class="view" href="([^"]*)">/)
    let parts = try manifest(page, figure).parts
    return try panels.filter { $0.output.1.hasPrefix("figure-\(figure)-") }.map { panel in
      let found = parts.flatMap { part in part.cells.map { (part.model, $0) } }
        .filter { $0.1.picture == String(panel.output.2) }
      let (model, cell) = try #require(found.count == 1 ? found.first : nil)
      return try PageMap(
        panel: String(panel.output.1), cell, array: file(#require(cell.array)), isOfWindow: model == "window")
    }
  }
}
