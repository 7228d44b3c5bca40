import Diagnostics
import Files
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
  static func figure(for figure: FigureRequest) throws -> Figure {
    let request = try #require(figure.parts.first)
    let number = figure.id.number
    func picture(_ name: String) -> Figure.Picture {
      Figure.Picture(path: "explanations/\(name).png", width: 320, height: 240, alt: "\(name) picture")
    }
    let rows = ["cat", "dog"].enumerated().map { index, label in
      Figure.Row(
        number: index + 1, ofFigure: number, label: label, probability: index == 0 ? 0.98765 : 0.0001,
        facts: Figure.Fact.verdict(
          probability: index == 0 ? 0.98765 : 0.0001, logit: index == 0 ? 12.345 : -0.5, rank: index + 1,
          in: .english)
          + [Figure.Fact("Class", "\(index) n0000000\(index)"), Figure.Fact("Layer", "block/4", isCode: true)],
        reason: "It is the last one.", photo: picture("photo"),
        panels: request.methods.map { method in
          Figure.Panel(
            id: Figure.Panel.id(method.id, row: index + 1, figure: number), title: method.title, method: method,
            picture: picture("\(label)-\(method.id)"), photo: method.picture.isMap ? picture("photo") : nil,
            overlay: method.picture.isMap ? picture("\(label)-\(method.id)-map") : nil,
            legend: Figure.Legend(method.picture.isMap ? request.colormap : nil, 0...3.125, in: .english),
            note: method == .localization ? "IoU 0.62" : nil)
        },
        notes: index == 1 ? ["There is no positive evidence for this class."] : [])
    }
    return Figure(
      number: number, varies: .classes, rows: rows, models: [Figure.ModelName(title: "Net", name: "net")],
      caption: figure.caption, notes: ["A note & more."])
  }

  /// The rendered files of the site with `changes`, by path.
  ///
  /// - Parameters:
  ///   - alone: whether `changes` are all of the site's own files.
  ///   - strips: pictures that stand for pages, by the pages' paths in the content folder.
  static func render(
    _ changes: [String: String?] = [:], alone: Bool = false, strips: [String: Figure.Picture] = [:]
  ) throws -> [String: String] {
    let fixture = try ContentFixture(alone ? changes : (files as [String: String?]).merging(changes) { $1 })
    let (loaded, faults) = fixture.load()
    #expect(faults == "")
    let content = try #require(loaded)
    let figures = Dictionary(uniqueKeysWithValues: try content.figures.map { ($0.id, try figure(for: $0)) })
    let outputs = try SiteRenderer(
      content: content, templates: templates(), figures: figures,
      models: [
        "net": ModelView(
          facts: [FactView(name: "Parameters", value: "1 & 2")],
          layers: [
            LayerView(name: "conv<1>", operatorType: "Conv", shape: [8, 14, 7]),
            LayerView(name: "relu1", operatorType: "Relu", shape: [8, 14, 7], isDefault: true),
          ])
      ], strips: Dictionary(uniqueKeysWithValues: strips.map { (ExactPath($0), $1) })
    ).render()
    return Dictionary(uniqueKeysWithValues: try outputs.map { ($0.path, try $0.text) })
  }
}
