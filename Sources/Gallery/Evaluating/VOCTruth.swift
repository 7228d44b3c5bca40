import Diagnostics
import Files
import Foundation
import FoundationXML

/// Boxes as Pascal VOC has them: an XML file in `Annotations` for each picture in `JPEGImages`.
struct VOCTruth {
  let samples: [DataSet.Sample]

  init(_ folder: String) throws {
    var faults = DiagnosticList()
    var samples: [DataSet.Sample] = []
    var positions: [ExactPath: Int] = [:]
    let annotations = PathText.join(folder, "Annotations")
    for name in try DataSet.names(in: annotations) where name.hasSuffix(".xml") {
      let path = PathText.join(annotations, name)
      guard let file = try faults.collect({ try VOCFile(path) }) else { continue }
      let image = PathText.join(PathText.join(folder, "JPEGImages"), file.image ?? String(name.dropLast(4)) + ".jpg")
      for thing in file.things { samples.add(thing, to: image, &positions) }
    }
    try faults.throwIfErrors()
    self.samples = samples
  }
}

/// One XML file.
private final class VOCFile: NSObject, XMLParserDelegate {
  private(set) var image: String?
  private(set) var things: [DataSet.Thing] = []

  private let path: String
  private var elements: [String] = []
  private var text = ""
  private var label: String?
  private var box: [String: Double] = [:]
  private var fault: Diagnostic?

  init(_ path: String) throws {
    self.path = path
    super.init()
    let parser = XMLParser(data: Data(try DataSet.bytes(path)))
    // What the file names elsewhere is not read.
    parser.shouldResolveExternalEntities = false
    parser.delegate = self
    let isSound = parser.parse()
    if let fault { throw fault }
    guard isSound else {
      throw Diagnostic.error(
        "The file is no XML.", at: SourceLocation(file: path, line: max(parser.lineNumber, 1)))
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements.append(name)
    text = ""
    if elements.count == 2, name == "object" { (label, box) = (nil, [:]) }
    if elements.count > 32 { parser.abortParsing() }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if text.utf8.count < 4096 { text += string }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    let value = text.trimmingCharacters(in: .whitespacesAndNewlines)
    switch elements.dropFirst().joined(separator: "/") {
    case "filename": image = value
    case "object/name": label = value
    case "object/bndbox/xmin", "object/bndbox/ymin", "object/bndbox/xmax", "object/bndbox/ymax":
      box[name] = Double(value)
    case "object": end(at: SourceLocation(file: path, line: parser.lineNumber))
    default: break
    }
    elements.removeLast()
    text = ""
  }

  /// Keeps the thing that has been read; its corners are pixels that belong to it, counted from 1.
  private func end(at place: SourceLocation) {
    guard let label, let left = box["xmin"], let top = box["ymin"], let right = box["xmax"], let bottom = box["ymax"],
      right >= left, bottom >= top, [left, top, right, bottom].allSatisfy({ $0.isFinite && $0.magnitude < 1e9 })
    else {
      fault = fault ?? .error("The object has no name, or no box that can be.", at: place)
      return
    }
    things.append(
      DataSet.Thing(
        label: label, location: place,
        place: .box(x: left - 1, y: top - 1, width: right - left + 1, height: bottom - top + 1)))
  }
}
