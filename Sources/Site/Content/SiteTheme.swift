import Diagnostics

/// What `theme:` in `site.yml` changes of the theme, each value as CSS that has been checked.
public struct SiteTheme: Sendable {
  /// Custom properties of the style sheet, with what they are set to: `--accent`, `#1b5e84`.
  typealias Property = (name: String, value: String)

  /// What is set for screens and paper.
  var properties: [Property] = []
  /// What is set for screens: paper has colours of its own.
  var screenProperties: [Property] = []
  /// What is set for screens where the reader prefers dark pages.
  var darkProperties: [Property] = []
  /// The Markdown of the footer.
  var footer: Located<String>?

  /// The rules that make it so, to stand behind those of the style sheet; `nil` where nothing is set.
  var css: String? {
    var rules = ""
    if !properties.isEmpty { rules += ":root {\n\(Self.lines(properties, indentation: "  "))}\n" }
    for (media, properties) in [
      ("screen", screenProperties), ("screen and (prefers-color-scheme: dark)", darkProperties),
    ] where !properties.isEmpty {
      rules += "@media \(media) {\n  :root {\n\(Self.lines(properties, indentation: "    "))  }\n}\n"
    }
    return rules.isEmpty ? nil : "\n/* theme: in site.yml */\n" + rules
  }

  private static func lines(_ properties: [Property], indentation: String) -> String {
    properties.map { "\(indentation)\($0.name): \($0.value);\n" }.joined()
  }
}

extension YAMLMapping {
  /// What `theme:` says; faults are left in the mapping.
  mutating func siteTheme() -> SiteTheme? {
    guard var mapping = mapping("theme", ContentMapping.theme.keys) else { return nil }
    var theme = SiteTheme()
    mapping.readAccent(&theme)
    mapping.readFonts(&theme)
    if let width = mapping.text("width") {
      let value = mapping.attempt { () throws(Diagnostic) in try CSSLength.checked(width) }
      if let value { theme.properties.append(("--text", value)) }
    }
    theme.footer = mapping.text("footer")
    report(mapping.finish())
    return theme
  }

  /// `accent: teal`, or `accent: {light: teal, dark: skyblue}`.
  private mutating func readAccent(_ theme: inout SiteTheme) {
    let hint = "Write colours with # in quotes: `\"#1b5e84\"`; YAML takes # for the beginning of a comment."
    guard let value = value("accent", ifEmpty: hint) else { return }
    func color(_ text: Located<String>?, in mapping: inout YAMLMapping) -> String? {
      text.flatMap { text in mapping.attempt { () throws(Diagnostic) in try CSSColor.checked(text) } }
    }
    guard case .mapping = value.kind else {
      guard let color = color(text(of: value, "accent"), in: &self) else { return }
      theme.screenProperties.append(("--accent", color))
      // The theme's own accent of dark pages would come back there.
      theme.darkProperties.append(("--accent", color))
      return
    }
    var both = YAMLMapping(value, ContentMapping.accent.keys, at: value.location)
    if let text = both.text("light", ifEmpty: hint), let color = color(text, in: &both) {
      theme.screenProperties.append(("--accent", color))
    }
    if let text = both.text("dark", ifEmpty: hint), let color = color(text, in: &both) {
      theme.darkProperties.append(("--accent", color))
    } else if let light = theme.screenProperties.first {
      theme.darkProperties.append(light)
    }
    report(both.finish())
  }

  /// `fonts: {serif: [Charter, serif], sans: …, mono: …}`.
  private mutating func readFonts(_ theme: inout SiteTheme) {
    guard var fonts = mapping("fonts", ContentMapping.fonts.keys) else { return }
    for (key, generic) in [("serif", "serif"), ("sans", "sans-serif"), ("mono", "monospace")] {
      let families = fonts.oneOrMore(key) { mapping, value in
        mapping.text(of: value, key).flatMap { text in
          mapping.attempt { () throws(Diagnostic) in try CSSFontFamily.list(text) }
        }
      }
      guard var families = families?.flatMap(\.self) else { continue }
      // Readers without any of them get something of the kind.
      if families.last.map(CSSFontFamily.isGeneric) != true { families.append(generic) }
      theme.properties.append(("--\(key)", families.joined(separator: ", ")))
    }
    report(fonts.finish())
  }
}
