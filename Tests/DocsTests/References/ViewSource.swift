import Foundation
import TestSupport

/// What the sources say of the types that templates are filled with: the comments before them and before their properties.
struct ViewSource {
  /// By type.
  private(set) var types: [String: String] = [:]
  /// By type and property.
  private(set) var properties: [String: [String: String]] = [:]

  /// Reads all files of a folder of the package, and of those in it.
  init(_ folder: String) throws {
    let url = Document.root.appendingPathComponent(folder)
    for name in try FileManager.default.subpathsOfDirectory(atPath: url.path).sorted() where name.hasSuffix(".swift") {
      read(try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8))
    }
  }

  private mutating func read(_ text: String) {
    /// The types that lines stand in, with the indentation of their members.
    var open: [(name: String, depth: Int)] = []
    var comment: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let depth = line.prefix { $0 == " " }.count
      if line.dropFirst(depth).hasPrefix("///") {
        comment.append(line.dropFirst(depth + 3).drop { $0 == " " })
        continue
      }
      if !line.isEmpty { open.removeAll { $0.depth > depth } }
      let words = comment.joined(separator: " ")
      if let name = line.firstMatch(of: /\b(?:struct|extension|enum|class) ([A-Za-z.]+)/)?.1, line.hasSuffix("{") {
        open.append((String(name), depth + 2))
        if !words.isEmpty { types[String(name)] = words }
      } else if let type = open.last, type.depth == depth, !words.isEmpty,
        let name = line.firstMatch(of: /^ *(?:public |private\(set\) )*(?:let|var) ([A-Za-z]+)\b/)?.1
      {
        properties[type.name, default: [:]][String(name)] = words
      }
      comment = []
    }
  }
}
