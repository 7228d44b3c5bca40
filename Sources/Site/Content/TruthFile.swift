import Diagnostics
import Files
import Foundation

/// A table of pictures and what they show: `file,class`, and as one likes `caption` and `tags`, under a line with these names.
///
/// Pictures are looked for beside the file. A picture may have several lines, one for each thing that it shows. Tags are
/// parted by `;`. The places of things, which `sitegen evaluate` reads from such a file, are not asked for here.
struct TruthFile: Hashable {
  /// What is said of pictures, by their paths in the content folder.
  let truths: [ExactPath: PictureTruth]
  /// The file.
  let location: SourceLocation

  /// The columns that count here.
  private static let columns = ["file", "class", "caption", "tags"]
  /// Those of places.
  private static let others = ["x", "y", "width", "height", "mask"]

  /// - Parameter faults: receives what is wrong with lines.
  init(_ file: Located<ContentFile>, in folder: ContentFolder, _ faults: inout DiagnosticList) throws(Diagnostic) {
    let source = try folder.source(of: file.value)
    location = SourceLocation(file: source.name)
    let rows = CSVText(source.text).rows
    let names = rows.first?.cells ?? []
    guard names.contains("file"), names.contains("class") else {
      throw .error(
        "The first line must name the columns, file and class among them.",
        at: SourceLocation(file: source.name, line: rows.first?.line ?? 1), hint: "Write file,class,caption,tags.")
    }
    for name in names where !Self.columns.contains(name) && !Self.others.contains(name) {
      faults.append(
        .error(
          "There is no column “\(name)”.", at: SourceLocation(file: source.name, line: rows[0].line),
          hint: Suggestion.nearest(to: name, in: Self.columns).map { "Did you mean “\($0)”?" }
            ?? "The columns are \(Self.columns.joined(separator: ", "))."))
    }
    let directory = RelativePath.folder(of: file.value.path)
    var truths: [ExactPath: PictureTruth] = [:]
    for row in rows.dropFirst() {
      let place = SourceLocation(file: source.name, line: row.line)
      guard row.cells.count == names.count else {
        faults.append(
          .error(
            "The line has \(row.cells.count) cells, and the first line \(names.count).", at: place,
            hint: "Put a text with commas in quotes."))
        continue
      }
      let cells = Dictionary(zip(names, row.cells)) { first, _ in first }
      guard let name = cells["file"], !name.isEmpty, let path = RelativePath.resolve(name, in: directory) else {
        faults.append(
          .error("The line names no picture of the content folder.", at: place, hint: "Begin it with a file’s name."))
        continue
      }
      var truth = truths[ExactPath(path)] ?? PictureTruth()
      if let label = cells["class"], !label.isEmpty, !truth.classes.contains(where: { $0.value == label }) {
        truth.classes.append(Located(label, at: place))
      }
      if let caption = cells["caption"], !caption.isEmpty { truth.caption = caption }
      let tags = (cells["tags"] ?? "").split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }.filter {
        !$0.isEmpty
      }
      truth.tags = (truth.tags + tags).uniqued()
      truths[ExactPath(path)] = truth
    }
    self.truths = truths
  }

  /// What is said of each of `pictures`, in their order.
  ///
  /// - Parameter faults: receives a warning where a picture has no line, or a line no picture.
  func truths(
    of pictures: [Located<ContentFile>], _ faults: inout DiagnosticList
  ) -> [PictureTruth] {
    let unknown = pictures.filter { truths[ExactPath($0.value.path)] == nil }.map(\.value.name)
    if let first = pictures.first, !unknown.isEmpty {
      faults.append(
        .warning(
          "\(location.file) says nothing of \(Self.list(unknown)).", at: first.location,
          hint: "Add a line for each, or leave the picture out."))
    }
    let shown = Set(pictures.map { ExactPath($0.value.path) })
    let unshown = truths.keys.filter { !shown.contains($0) }.sorted().map { RelativePath.name(of: $0.path) }
    if !unshown.isEmpty {
      faults.append(
        .warning(
          "No picture of the block is called \(Self.list(unshown)).", at: location,
          hint: "Name it under `image:`, or leave its line out."))
    }
    return pictures.map { truths[ExactPath($0.value.path)] ?? PictureTruth() }
  }

  /// The first names, and how many more there are.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(3).map { "“\($0)”" }.joined(separator: ", ")
    return names.count > 3 ? "\(shown) and \(names.count - 3) more" : shown
  }
}
