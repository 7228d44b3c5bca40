public import Diagnostics
import Files
public import Foundation

/// The templates of a site and the files beside them, such as the style sheet.
public struct TemplateLibrary: Sendable {
  /// The templates that a site cannot do without, and what each of them is filled with.
  static let required: [(name: String, object: any TemplateView.Type)] =
    [
      ("collection", CollectionView.self), ("comparison", ComparisonContext.self), ("evaluation", EvaluationView.self),
      ("experiment", PageContext.self), ("experiments", PageContext.self),
      ("figure", Figure.self),
      ("figure-alone", PageContext.self),
      ("home", PageContext.self), ("list", PageContext.self), ("model", PageContext.self),
      ("models", PageContext.self),
      ("not-found", PageContext.self), ("page", PageContext.self),
      ("picture", PictureContext.self), ("pictures", PictureGroupContext.self), ("tags", PageContext.self),
    ]

  /// Everything in the folder that is not a template; copied to the output.
  public let assets: [OutputFile]
  /// The ids that the templates write out.
  public let ids: Set<String>
  private let templates: [String: Template]
  /// Stands for the templates, the other files left out.
  let fingerprint: Fingerprint
  /// What the templates were warned of.
  private let warnings: DiagnosticList

  /// Reads and checks a folder of templates: every `NAME.mustache` in it, and all other files as assets. Each takes the place
  /// of the built-in file of its name; the others stay. What begins with a point is neither.
  ///
  /// - Parameters:
  ///   - url: the folder.
  ///   - shownAs: the folder as the user wrote it, for messages.
  ///   - isOptional: whether the built-in theme alone will do where there is no such folder.
  ///   - followedLinks: folders outside that links among the templates may lead into.
  ///   - known: what was found there last time: templates that are still the same are not parsed again.
  ///   - diagnostics: receives all faults of all files.
  /// - Returns: the templates, or `nil` when they have a fault.
  public static func load(
    from url: URL, shownAs: String, isOptional: Bool = false, followedLinks: [String] = [],
    knowing known: TemplateLibrary? = nil, diagnostics: inout DiagnosticList
  ) -> TemplateLibrary? {
    let folder = ContentFolder(url: url, name: shownAs, followedLinks: followedLinks)
    var files = ThemeFiles()
    var faults = DiagnosticList()
    if folder.hasFolder("") {
      files.overlay(folder, &faults)
    } else if !isOptional || PlainFiles.hasAnything(at: url.path) {
      diagnostics.append(.error("There is no templates folder “\(shownAs)”.", hint: "Name it with --templates."))
      return nil
    }
    let sources = files.templates
    let fingerprint = Fingerprint(of: sources.flatMap { [$0.file.name, $0.file.text] })
    if let known, known.fingerprint == fingerprint, !faults.hasErrors {
      diagnostics.append(contentsOf: known.warnings.all)
      return TemplateLibrary(
        assets: files.assets, ids: known.ids, templates: known.templates, fingerprint: fingerprint,
        warnings: known.warnings)
    }
    let templates = TemplateSource.compile(sources, required: required, faults: &faults)
    diagnostics.append(contentsOf: faults.all)
    guard !faults.hasErrors else { return nil }
    return TemplateLibrary(
      assets: files.assets, ids: Set(["main"] + sources.flatMap(\.file.text.htmlIDs)), templates: templates,
      fingerprint: fingerprint, warnings: faults)
  }

  /// Whether there is a template called `name`.
  func has(_ name: String) -> Bool { templates[name] != nil }

  /// The template `name` filled with `view`, on the page whose addresses `linker` makes.
  ///
  /// - Parameter strings: the words of the interface, in the page’s language.
  /// - Throws: where the page grows beyond bounds, at the tag with which it does.
  func render(
    _ name: String, _ view: some TemplateView, _ linker: PageLinker, _ strings: Strings
  ) throws(Diagnostic) -> String {
    guard let template = templates[name], let value = TemplateEncoder.value(of: view, at: linker) else { return "" }
    var renderer = TemplateRenderer(templates, value, strings)
    try renderer.render(template.nodes)
    return String(decoding: renderer.output, as: UTF8.self)
  }
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
