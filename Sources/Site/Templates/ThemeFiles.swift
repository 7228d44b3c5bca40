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
    let known = (templates: templates.map(\.name), assets: assets.map(\.path))
    var own: [TemplateSource] = []
    var copied: [OutputFile] = []
    let isHidden = { (path: String) in PathText.name(of: path).hasPrefix(".") }
    for path in folder.paths(below: "", leavingOut: isHidden, faults: &faults) {
      if let name = Self.templateName(path) {
        guard let file = faults.attempt({ () throws(Diagnostic) in try folder.source(path) }) else { continue }
        own.append(TemplateSource(name: name, file: file))
      } else if let file = faults.attempt({ () throws(Diagnostic) in
        try OutputFile(copying: folder.file(path), origin: folder.shown(path))
      }) {
        copied.append(file)
      }
    }
    for source in own {
      let fault = Self.nearMiss(source.name, known.templates, Self.ending, shown: source.file.name, own)
      if let fault { faults.append(fault) }
    }
    for file in copied {
      if let fault = Self.nearMiss(file.path, known.assets, "", shown: file.origin, own) { faults.append(fault) }
    }
    let (names, paths) = (Set(own.map(\.name)), Set(copied.map { ExactPath($0.path) }))
    templates = (templates.filter { !names.contains($0.name) } + own).sorted { $0.name < $1.name }
    assets = (assets.filter { !paths.contains(ExactPath($0.path)) } + copied)
      .sorted { ExactPath($0.path) < ExactPath($1.path) }
  }

  /// The fault of a file that is nearly called like one of the theme's, and that no template of the project speaks of: one that
  /// is spoken of is meant.
  ///
  /// - Parameters:
  ///   - name: what templates call the file.
  ///   - known: the theme's names of its kind.
  ///   - ending: what stands behind such a name in that of the file.
  private static func nearMiss(
    _ name: String, _ known: [String], _ ending: String, shown: String, _ own: [TemplateSource]
  ) -> Diagnostic? {
    guard !known.contains(name), let near = Suggestion.nearest(to: name, in: known),
      !own.contains(where: { $0.name != name && $0.file.text.contains(name) })
    else { return nil }
    return .error(
      "The theme has no file “\(name)\(ending)”, and no template here names it.", at: SourceLocation(file: shown),
      hint: "Did you mean “\(near)\(ending)”?")
  }

  private static let ending = ".mustache"

  /// The name of the template in the file at `path`; `nil` where it is none.
  private static func templateName(_ path: String) -> String? {
    path.hasSuffix(ending) ? String(path.dropLast(ending.count)) : nil
  }
}
