import Diagnostics
import Files
import Foundation

/// The files of a site's theme: the built-in ones, and in their place those of the project that have the same names.
struct ThemeFiles {
  /// The templates, sorted by name.
  private(set) var templates: [TemplateSource] = []
  /// All other files.
  private(set) var assets: [OutputFile] = []

  /// The built-in theme alone.
  init() {
    for file in BuiltInFile.theme {
      let shown = "built-in/\(file.path)"
      if let name = Self.templateName(file.path) {
        let text = String(decoding: file.bytes, as: UTF8.self)
        templates.append(TemplateSource(name: name, file: SourceFile(name: shown, text: text)))
      } else {
        assets.append(OutputFile(path: file.path, contents: .bytes(file.bytes), origin: shown))
      }
    }
  }

  /// Lays the files of a folder over it. What begins with a point is none of them.
  mutating func overlay(_ folder: ContentFolder, _ faults: inout DiagnosticList) {
    let builtIn = Set(BuiltInFile.theme.map(\.path))
    var own: [TemplateSource] = []
    var added: [(path: String, shown: String)] = []
    let isHidden = { (path: String) in PathText.name(of: path).hasPrefix(".") }
    for path in folder.paths(below: "", leavingOut: isHidden, faults: &faults) {
      if !builtIn.contains(path) { added.append((path, folder.shown(path))) }
      if let name = Self.templateName(path) {
        guard let file = faults.attempt({ () throws(Diagnostic) in try folder.source(path) }) else { continue }
        own.append(TemplateSource(name: name, file: file))
      } else if let file = faults.attempt({ () throws(Diagnostic) in
        try OutputFile(copying: folder.file(path), origin: folder.shown(path))
      }) {
        assets.removeAll { $0.path == path }
        assets.append(file)
      }
    }
    let replaced = Set(own.map(\.name))
    templates = (templates.filter { !replaced.contains($0.name) } + own).sorted { $0.name < $1.name }
    assets.sort { ExactPath($0.path) < ExactPath($1.path) }
    for file in added {
      // A new file that the project's own templates speak of is meant.
      let word = Self.templateName(file.path) ?? file.path
      guard let near = Suggestion.nearest(to: file.path, in: BuiltInFile.theme.map(\.path)),
        !own.contains(where: { $0.name != word && $0.file.text.contains(word) })
      else { continue }
      faults.append(
        .error(
          "The theme has no file “\(file.path)”, and no template here names it.",
          at: SourceLocation(file: file.shown), hint: "Did you mean “\(near)”?"))
    }
  }

  /// The name of the template in the file at `path`; `nil` where it is none.
  private static func templateName(_ path: String) -> String? {
    path.hasSuffix(".mustache") ? String(path.dropLast(".mustache".count)) : nil
  }
}
