import Diagnostics
import Files
import Foundation
import Imaging
import NeuralNetwork
import Saliency
import Site

/// The report of a comparison as a folder: a page with its pictures, and the numbers as JSON.
struct DriftPage {
  private let folder: ResultFolder
  private let templates: TemplateLibrary

  /// The file with the numbers, which names all others.
  private static let manifest = "comparison.json"
  /// As many cells are shown in pictures.
  private static let mostShown = 30

  /// Looks at a folder, which need not exist. Nothing is made.
  ///
  /// - Throws: `DiagnosticList` where it cannot be written to, or the templates have faults.
  init(_ path: String, _ options: BuildOptions) throws {
    var faults = DiagnosticList()
    let templates = TemplateLibrary.load(
      from: URL(fileURLWithPath: options.templates), shownAs: options.templates,
      isOptional: options.templates == BuildOptions.standardTemplates, followedLinks: options.followedLinks,
      diagnostics: &faults)
    let kind = ResultFolder.Kind(command: "sitegen compare", manifest: Self.manifest) { data in
      // What else a manifest names is none of ours, and stays.
      try? JSONDecoder().decode(EarlierReport.self, from: data).files.filter(Self.isOfReport)
    }
    let folder = try faults.collect {
      let folder = try ResultFolder(path, of: kind)
      try folder.check(["index.html", "style.css"])
      return folder
    }
    guard let folder, let templates, !faults.hasErrors else { throw faults }
    (self.folder, self.templates) = (folder, templates)
  }

  /// Whether a report can have a file of this name.
  private static func isOfReport(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 1 { return name == "index.html" || name == "style.css" }
    let isPicture = parts[1].hasSuffix(".jpg") || parts[1].hasSuffix(".png")
    return parts.count == 2 && parts[0] == "pictures" && isPicture && parts[1].first?.isNumber == true
  }

  /// Writes everything.
  ///
  /// - Parameter cells: those of the report, in its order.
  func write(_ report: DriftReport, _ cells: [DriftCell], _ store: Store) throws {
    let shown = zip(cells, report.cells).prefix(Self.mostShown)
    let painted = try Parallel.map(Array(shown.enumerated())) { position, cell in
      try DriftPictures(cell.0, number: position + 1, store)
    }
    let columns = DriftColumn.all(for: report)
    let page = ComparisonContext(
      names: (report.a, report.b), verdict: report.verdict, isBeyond: report.beyond > 0, notes: report.notes,
      columns: columns.map(\.title.capitalized),
      lines: report.cells.enumerated().map { position, cell in
        ComparedLine(
          values: columns.map { $0.text(cell) },
          id: position < painted.count ? Self.id(position) : nil, isBeyond: !cell.beyond.isEmpty)
      },
      cells: zip(report.cells, painted).enumerated().map { position, cell in
        view(of: cell.0, columns, cell.1.pictures, id: Self.id(position))
      }, numbers: Self.manifest)
    var files = painted.flatMap(\.files)
    files += try templates.files(of: page)
    let names = files.map(\.path)
    try folder.check(names)
    for file in files { try folder.write(file.bytes, to: file.path) }
    let written = Written(report: report, files: names.sorted())
    try folder.write(try ReadableJSON.bytes(written, keys: .convertToSnakeCase), to: Self.manifest)
    try folder.commit(replacing: folder.earlierFiles)
  }

  private static func id(_ position: Int) -> String { "cell-\(position + 1)" }

  private func view(
    of cell: DriftReport.Cell, _ columns: [DriftColumn], _ pictures: [ComparedPicture], id: String
  ) -> ComparedCell {
    let inLabel: Set = ["NETWORK", "PICTURE", "INPUTS", "TARGET", "METHOD"]
    return ComparedCell(
      id: id,
      label: [cell.network, cell.image, cell.inputs, cell.subject, cell.method].compactMap { $0 }
        .joined(separator: " · "),
      facts: columns.filter { !inLabel.contains($0.title) }.map { column in
        FactView(name: column.title.capitalized, value: column.text(cell))
      }.filter { !$0.value.isEmpty && $0.value != "–" }, pictures: pictures, notes: cell.notes)
  }

  /// The report with the names of all files beside it.
  private struct Written: Encodable {
    let report: DriftReport
    let files: [String]

    private enum Keys: String, CodingKey { case files }

    func encode(to encoder: any Encoder) throws {
      try report.encode(to: encoder)
      var values = encoder.container(keyedBy: Keys.self)
      try values.encode(files, forKey: .files)
    }
  }
}

/// What a report must have to be one of ours, and the files that it names.
private struct EarlierReport: Decodable {
  struct Cell: Decodable {
    let subject, method: String
    let beyond: [String]
  }

  struct Limits: Decodable {
    let overlap: Double
  }

  let limits: Limits
  let cells: [Cell]
  let files: [String]
}
