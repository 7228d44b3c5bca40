import Diagnostics
import Foundation
import Site
import Vocabulary

/// A content folder on disk for the time of one test: a valid site with one model and one photo, changed as the test
/// wants.
final class ContentFixture {
  let url: URL

  /// A site without faults and without experiments.
  static let valid: [String: String] = [
    "site.yml": "title: Site\n",
    "images/photo.png": "pixels",
    "models/net.md": """
    ---
    title: Net
    file: net/model.onnx
    labels: net/labels.txt
    input: {size: 224}
    ---
    """,
    "models/net/model.onnx": "weights",
    "models/net/labels.txt": "cat\ndog\n",
  ]

  /// Writes `ContentFixture.valid` with `changes`; a file whose text is `nil` is left out.
  init(_ changes: [String: String?] = [:]) throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("SiteTests-\(UUID().uuidString)")
    var files: [String: String?] = Self.valid
    files.merge(changes) { $1 }
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for case (let path, let text?) in files { try write(path, Array(text.utf8)) }
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func write(_ path: String, _ bytes: [UInt8]) throws {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  /// The content, and what was found wrong, a line each.
  func load(drafts: Bool = false) -> (content: SiteContent?, faults: String) {
    var diagnostics = DiagnosticList()
    let content = SiteContent.load(
      from: url, shownAs: "content", methods: .sample, includingDrafts: drafts, diagnostics: &diagnostics)
    return (content, diagnostics.description)
  }

  /// What is found wrong in a site with `changes`.
  static func faults(_ changes: [String: String?]) throws -> String {
    try ContentFixture(changes).load().faults
  }

  /// What is found wrong in `experiments/a.md` with this text.
  static func faults(inExperiment text: String) throws -> String {
    try faults(["experiments/a.md": text])
  }

  /// The figures of `experiments/a.md` with this text, in a site with `changes`.
  static func figures(inExperiment text: String, _ changes: [String: String?] = [:]) throws -> [FigureRequest] {
    let fixture = try ContentFixture(changes.merging(["experiments/a.md": text]) { $1 })
    return fixture.load().content?.experiments.first?.figures ?? []
  }

  /// The requests of `experiments/a.md` with this text, in a site with `changes`.
  static func requests(inExperiment text: String, _ changes: [String: String?] = [:]) throws -> [ExplainRequest] {
    let fixture = try ContentFixture(changes.merging(["experiments/a.md": text]) { $1 })
    return fixture.load().content?.experiments.first?.requests ?? []
  }
}
