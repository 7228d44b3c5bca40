import Diagnostics
import Foundation

/// What a writer calls something new: the name of its file, and its title.
struct NewName {
  /// The name of the file without extension, and the last part of the page's address.
  let slug: String
  /// The title, as YAML can write it.
  let title: String

  /// - Parameter name: `cat-or-dog`, or `Cat or dog?`.
  /// - Throws: where nothing in it can stand in an address.
  init(_ name: String) throws(Diagnostic) {
    let letters = name.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars
      .filter { $0.properties.canonicalCombiningClass == .notReordered }
    let words = letters.split { !Self.isPlain($0) }
    slug = String(words.map { String(String.UnicodeScalarView($0)) }.joined(separator: "-").prefix(80))
    guard !slug.isEmpty else {
      throw .error(
        "“\(name)” cannot be the name of a file.",
        hint: "Use letters from a to z and digits; the title can be anything later.")
    }
    // A name that is a title already stays one.
    let isSlug = name.unicodeScalars.allSatisfy { Self.isPlain($0) || "-_".unicodeScalars.contains($0) }
    let text = isSlug ? name.split { $0 == "-" || $0 == "_" }.joined(separator: " ") : name
    title = Self.quoted(text.prefix(1).uppercased() + text.dropFirst())
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
  }

  /// `text` as a value of YAML: as it stands where that means itself, else in quotes.
  static func quoted(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy { Self.isPlain($0) || " -.?!'".unicodeScalars.contains($0) }
    let words = ["true", "false", "null", "yes", "no", "on", "off"]
    let begins = text.unicodeScalars.first.map { $0.properties.isAlphabetic } ?? false
    if isPlain, begins, !text.hasSuffix(" "), !words.contains(text.lowercased()) { return text }
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case _ where scalar.properties.generalCategory == .control: " "
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
