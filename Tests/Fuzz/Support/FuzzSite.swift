import Diagnostics
import Foundation
import Saliency
import Vocabulary

@testable import Site

/// A small site of which a fuzzer changes one file: read, checked and rendered as a build does.
enum FuzzSite {
  private static let files: [String: String] = [
    "site.yml": "title: Site\n",
    "images/photo.png": "pixels",
    "models/net.md": "---\ntitle: Net\nfile: net.onnx\nlabels: labels.txt\ninput: {size: 8}\n---\nText.\n",
    "models/net.onnx": "weights",
    "models/labels.txt": "cat\ndog\n",
    "pages/about.md": "---\ntitle: About\n---\nText.\n",
  ]

  private static let templates: TemplateLibrary? = {
    var faults = DiagnosticList()
    let library = TemplateLibrary.load(
      from: URL(fileURLWithPath: "templates"), shownAs: "templates", diagnostics: &faults)
    guard library != nil else { fatalError("run it where templates/ is: \(faults)") }
    return library
  }()

  private static let names = MethodNames(
    all: Method.all.map(\.name), standard: Method.standard.map(\.name))

  /// Reads and renders the site with one file changed.
  static func build(_ path: String, _ bytes: some Sequence<UInt8>, templates: TemplateLibrary? = templates) throws {
    for (name, text) in files where name != path { FuzzFolder.write(text, to: "content/" + name) }
    FuzzFolder.write(bytes, to: "content/" + path)
    defer { try? FileManager.default.removeItem(at: FuzzFolder.url.appendingPathComponent("content/" + path)) }
    var faults = DiagnosticList()
    let content = SiteContent.load(
      from: FuzzFolder.url.appendingPathComponent("content"), shownAs: "content", methods: names, includingDrafts: true,
      diagnostics: &faults)
    _ = faults.description
    guard let content, let templates else { return }
    let figures = Dictionary(content.figures.map { ($0.id, figure(for: $0)) }) { first, _ in first }
    let renderer = SiteRenderer(content: content, templates: templates, figures: figures, models: [:])
    for file in try renderer.render() { _ = try? file.text.utf8.count }
  }

  private static func figure(for request: FigureRequest) -> Figure {
    let picture = Figure.Picture(path: "explanations/photo.png", width: 32, height: 24, alt: "")
    let row = Figure.Row(
      number: 1, ofFigure: request.id.number, label: "cat", photo: picture, panels: [])
    return Figure(
      number: request.id.number, rows: [row], models: [Figure.ModelName(title: "Net", name: "net")],
      caption: request.caption)
  }
}
