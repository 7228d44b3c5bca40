public import Diagnostics
import Files
public import Foundation
import Mustache

/// The templates of a site and the files beside them, such as the style sheet.
public struct TemplateLibrary: Sendable {
  /// The templates that a site cannot do without.
  static let requiredNames = ["experiment", "experiments", "figure", "home", "model", "models", "not-found", "page"]

  /// Everything in the folder that is not a template; copied to the output.
  public let assets: [OutputFile]
  private let library: MustacheLibrary
  private let names: Set<String>

  /// Reads and checks a folder of templates: every `NAME.mustache` in it, and all other files as assets.
  ///
  /// - Parameters:
  ///   - url: the folder.
  ///   - shownAs: the folder as the user wrote it, for messages.
  ///   - diagnostics: receives all faults of all files.
  /// - Returns: the templates, or `nil` when they have a fault.
  public static func load(from url: URL, shownAs: String, diagnostics: inout DiagnosticList) -> TemplateLibrary? {
    let folder = ContentFolder(url: url, name: shownAs)
    guard folder.hasFolder("") else {
      diagnostics.append(.error("There is no templates folder “\(shownAs)”.", hint: "Name it with --templates."))
      return nil
    }
    var faults = DiagnosticList()
    var sources: [TemplateSource] = []
    var assets: [OutputFile] = []
    for path in folder.paths(below: "") where !RelativePath.name(of: path).hasPrefix(".") {
      let place = folder.shown(path)
      if path.hasSuffix(".mustache") {
        let file = faults.attempt { () throws(Diagnostic) in try SourceFile.read(folder.file(path).url, name: place) }
        if let file { sources.append(TemplateSource(name: String(path.dropLast(".mustache".count)), file: file)) }
      } else if let file = faults.attempt({ () throws(Diagnostic) in
        try OutputFile(copying: folder.file(path), origin: place)
      }) {
        assets.append(file)
      }
    }
    let templates = TemplateSource.compile(sources, folder: shownAs, required: requiredNames, faults: &faults)
    diagnostics.append(contentsOf: faults.all)
    guard !faults.hasErrors else { return nil }
    return TemplateLibrary(
      assets: assets, library: MustacheLibrary(templates: templates), names: Set(templates.keys))
  }

  /// Whether there is a template called `name`.
  func has(_ name: String) -> Bool { names.contains(name) }

  /// The template `name` filled with `view`.
  func render(_ name: String, _ view: Any) -> String { library.render(view, withTemplate: name) ?? "" }
}

extension OutputFile {
  /// A file with the bytes of a file of the content or the templates folder.
  init(copying file: ContentFile, to path: String? = nil, origin: String) throws(Diagnostic) {
    guard let stamp = FileStamp(of: file.url.path), access(file.url.path, R_OK) == 0 else {
      throw .error(
        "The file cannot be read: \(FileStamp(of: file.url.path) == nil ? "it is no regular file" : SystemError.last.description).",
        at: SourceLocation(file: origin))
    }
    self.init(path: path ?? file.path, contents: .file(file.url, version: stamp.description), origin: origin)
  }
}
