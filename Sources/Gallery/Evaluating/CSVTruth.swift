import Diagnostics
import Files
import Site

/// `truth.csv`: a line for each thing, under a line with the names of the columns.
///
/// `file` and `class` say which picture and what; then comes a box (`x`, `y`, `width`, `height`, in pixels of the picture) or a `mask`,
/// a picture of the same size: `masks/1.png`, where all that is not black counts, or `masks/1.png#ff0000`, where that colour does.
struct CSVTruth {
  let samples: [DataSet.Sample]

  private static let boxKeys = ["x", "y", "width", "height"]

  init(_ folder: String) throws {
    let path = PathText.join(folder, "truth.csv")
    let text = String(decoding: try DataSet.bytes(path), as: UTF8.self)
    var faults = DiagnosticList()
    let rows = CSVText(text).rows
    guard let header = rows.first else {
      throw Diagnostic.error("The file is empty.", at: SourceLocation(file: path), hint: "Begin with file,class,mask.")
    }
    let known = ["file", "class", "mask"] + Self.boxKeys
    for name in header.cells where !known.contains(name) {
      faults.append(
        .error(
          "There is no column “\(name)”.", at: SourceLocation(file: path, line: header.line),
          hint: Suggestion.hint(for: name, in: known)))
    }
    let hasPlace = header.cells.contains("mask") || Self.boxKeys.allSatisfy(header.cells.contains)
    if !header.cells.contains("file") || !header.cells.contains("class") || !hasPlace {
      faults.append(
        .error(
          "The first line must name the columns.", at: SourceLocation(file: path, line: header.line),
          hint: "Write file,class,x,y,width,height or file,class,mask."))
    }
    try faults.throwIfErrors()
    var samples: [DataSet.Sample] = []
    var positions: [ExactPath: Int] = [:]
    for row in rows.dropFirst() {
      let place = SourceLocation(file: path, line: row.line)
      let cells = Dictionary(zip(header.cells, row.cells)) { first, _ in first }
      guard row.cells.count == header.cells.count, let file = cells["file"], let label = cells["class"], !file.isEmpty
      else {
        faults.append(
          .error("The line has \(row.cells.count) cells, and the first line \(header.cells.count).", at: place))
        continue
      }
      guard let position = try faults.collect({ try Self.place(cells, folder, at: place) }) else { continue }
      samples.add(
        DataSet.Thing(label: label, location: place, place: position), to: PathText.join(folder, file), &positions)
    }
    try faults.throwIfErrors()
    self.samples = samples
  }

  private static func place(
    _ cells: [String: String], _ folder: String, at location: SourceLocation
  ) throws -> DataSet.Place {
    if let mask = cells["mask"], !mask.isEmpty {
      let parts = mask.split(separator: "#", maxSplits: 1).map(String.init)
      let color = parts.count == 2 ? bytes(ofColor: parts[1]) : nil
      guard parts.count == 1 || color != nil else {
        throw Diagnostic.error("“#\(parts[1])” is no colour.", at: location, hint: "Write it as #ff0000.")
      }
      return .mask(path: PathText.join(folder, parts[0]), color: color)
    }
    let numbers = boxKeys.compactMap { cells[$0].flatMap(Double.init) }
    guard numbers.count == 4, numbers.allSatisfy({ $0.isFinite && $0.magnitude < 1e9 }), numbers[2] > 0, numbers[3] > 0
    else {
      throw Diagnostic.error(
        "The line says neither of a box nor of a mask where the thing is.", at: location,
        hint: "Give x, y, width and height in pixels, or a mask.")
    }
    return .box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
  }

  private static func bytes(ofColor text: String) -> [UInt8]? {
    guard text.utf8.count == 6, let number = UInt32(text, radix: 16) else { return nil }
    return [UInt8(number >> 16 & 255), UInt8(number >> 8 & 255), UInt8(number & 255)]
  }
}
