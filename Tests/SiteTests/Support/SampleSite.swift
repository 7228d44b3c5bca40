import Diagnostics
import Foundation
import Site
import Testing
import Vocabulary

/// A small site with figures that no network made.
enum SampleSite {
  /// The project's own templates.
  static func templates() throws -> TemplateLibrary {
    let url = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../templates").standardizedFileURL
    var diagnostics = DiagnosticList()
    let library = TemplateLibrary.load(from: url, shownAs: "templates", diagnostics: &diagnostics)
    #expect(diagnostics.description == "")
    return try #require(library)
  }

  static let files: [String: String] = [
    "site.yml": "title: Sample & Co\ndescription: A site.\nurl: https://example.org/g/\nauthor: Ada <ada>\n",
    "experiments/first.md": """
    ---
    title: First <one>
    summary: Cats & dogs.
    date: 2026-01-02
    tags: [Big cats]
    model: net
    ---
    See [second](second.md) and ![a photo](photo.png).

    ```explain
    image: photo.png
    classes: [cat, dog]
    caption: Two "questions".
    ```
    """,
    "experiments/second.md": "---\ntitle: Second\ndate: 2026-02-03\n---\n# Heading\n",
    "pages/about.md": "---\ntitle: About\n---\nText.\n",
    "static/robots.txt": "all",
  ]

  /// The figure for a request: as many rows as it has classes, one panel a method.
  static func figure(for request: ExplainRequest) -> Figure {
    func picture(_ name: String) -> Figure.Picture {
      Figure.Picture(path: "explanations/\(name).png", width: 320, height: 240, alt: "\(name) picture")
    }
    let rows = ["cat", "dog"].enumerated().map { index, label in
      Figure.Row(
        number: index + 1, ofFigure: request.id.number, photo: picture("photo"), label: label, index: index,
        synset: "n0000000\(index)", logit: index == 0 ? 12.345 : -0.5,
        probability: index == 0 ? 0.98765 : 0.0001, rank: index + 1, layer: "block/4",
        layerReason: "It is the last one.",
        panels: request.methods.map { method in
          Figure.Panel(
            method: method, picture: picture("\(label)-\(method.id)"),
            colormap: method.picture != .gradient ? request.colormap : nil,
            note: method == .localization ? "IoU 0.62" : nil)
        },
        notes: index == 1 ? ["There is no positive evidence for this class."] : [])
    }
    return Figure(
      number: request.id.number, modelTitle: "Net", modelName: "net", rows: rows, caption: request.caption,
      notes: ["A note & more."])
  }

  /// The rendered files of the site with `changes`, by path.
  static func render(_ changes: [String: String?] = [:]) throws -> [String: String] {
    let fixture = try ContentFixture((files as [String: String?]).merging(changes) { $1 })
    let (loaded, faults) = fixture.load()
    #expect(faults == "")
    let content = try #require(loaded)
    let figures = Dictionary(uniqueKeysWithValues: content.requests.map { ($0.id, figure(for: $0)) })
    let outputs = try SiteRenderer(
      content: content, templates: templates(), figures: figures,
      models: [
        "net": ModelView(
          facts: [FactView(name: "Parameters", value: "1 & 2")],
          layers: [
            LayerView(name: "conv<1>", operatorType: "Conv", shape: [8, 14, 7]),
            LayerView(name: "relu1", operatorType: "Relu", shape: [8, 14, 7], isDefault: true),
          ])
      ]
    ).render()
    return Dictionary(uniqueKeysWithValues: try outputs.map { ($0.path, try $0.text) })
  }
}
