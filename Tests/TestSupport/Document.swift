public import Foundation

/// A document of the project, parts of which are written from what the program has.
///
/// A part stands between the lines `<!-- written by a test: NAME -->` and `<!-- end of NAME -->`. Tests compare it, and with
/// `SITEGEN_WRITE_DOCS=1` in the environment they write it anew first.
public struct Document {
  /// What is wrong with a document.
  public struct Fault: Error, CustomStringConvertible {
    /// A sentence.
    public let description: String
  }

  /// The package's folder.
  public static let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardizedFileURL

  private let url: URL

  /// The document at a path from the package's folder.
  public init(_ path: String) { url = Self.root.appendingPathComponent(path) }

  /// The document's text.
  public func text() throws -> String { try String(contentsOf: url, encoding: .utf8) }

  /// What stands in the parts that `parts` names, after writing it anew if that is asked for.
  ///
  /// - Parameter parts: what should stand there.
  public func settled(_ parts: [String: String]) throws -> [String: String] {
    if ProcessInfo.processInfo.environment["SITEGEN_WRITE_DOCS"] != nil {
      var text = try text()
      for (name, part) in parts { text.replaceSubrange(try place(of: name, in: text), with: part) }
      try Data(text.utf8).write(to: url)
    }
    let text = try text()
    return try parts.reduce(into: [:]) { $0[$1.key] = String(text[try place(of: $1.key, in: text)]) }
  }

  private func place(of name: String, in text: String) throws -> Range<String.Index> {
    guard let start = text.firstRange(of: "<!-- written by a test: \(name) -->\n\n")?.upperBound,
      let end = text[start...].firstRange(of: "\n<!-- end of \(name) -->\n")?.lowerBound
    else { throw Fault(description: "\(url.lastPathComponent) has no part “\(name)”.") }
    return start..<end
  }
}
