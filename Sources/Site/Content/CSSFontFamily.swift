import Diagnostics

/// Names of fonts as CSS writes them.
enum CSSFontFamily {
  /// The families that CSS itself defines.
  private static let generic: Set = [
    "serif", "sans-serif", "monospace", "cursive", "fantasy", "math", "system-ui", "ui-serif", "ui-sans-serif",
    "ui-monospace", "ui-rounded",
  ]

  /// Whether a family as `list` gives it stands for any font of its kind.
  static func isGeneric(_ family: String) -> Bool { generic.contains(family) }

  /// The families that `text` names, separated by commas, each as it can stand in a style sheet.
  ///
  /// - Throws: at a name that no font has, or that could end the declaration.
  static func list(_ text: Located<String>) throws(Diagnostic) -> [String] {
    var families: [String] = []
    for part in text.value.split(separator: ",", omittingEmptySubsequences: false) {
      var name = String(part).trimmed
      for quote in ["\"", "'"] where name.count >= 2 && name.hasPrefix(quote) && name.hasSuffix(quote) {
        name = String(name.dropFirst().dropLast()).trimmed
      }
      guard !name.isEmpty, name.unicodeScalars.allSatisfy(isPlain) else {
        throw .error(
          "“\(name)” is not the name of a font.", at: text.location,
          hint: "Write names of letters, digits, blanks and hyphens, separated by commas.")
      }
      families.append(isGeneric(name) ? name : "\"\(name)\"")
    }
    return families
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil || " -_.+".unicodeScalars.contains(scalar)
  }
}
