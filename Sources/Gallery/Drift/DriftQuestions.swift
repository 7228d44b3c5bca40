import Diagnostics
import Files
import Foundation
import Saliency
import Site

/// What two networks are asked: pictures, classes, layers and methods, by the command line or by the content's explain blocks.
struct DriftQuestions {
  let requests: [ExplainRequest]
  /// Where a fault is that has no place of its own.
  static func place(_ option: String) -> SourceLocation { SourceLocation(file: option) }

  /// - Parameter card: by which content speaks of a network, the first one if it does.
  /// - Throws: `DiagnosticList` where there is nothing to ask, or the content has faults.
  init(_ request: DriftRequest, card: String?) throws {
    var faults = DiagnosticList()
    let methods = try request.methods.compactMap { name in
      try faults.collect(at: Self.place("--method")) { try Saliency.Method.named(name).name }
    }.withoutRepetitions
    let found =
      request.images.isEmpty
      ? try faults.collect { try Self.blocks(request, card: card) }
      : try faults.collect { Self.requests(of: try Self.pictures(request.images), request, methods) }
    try faults.throwIfErrors()
    requests = (found ?? []).map { asked in
      var asked = asked
      if !methods.isEmpty { asked.methods = methods }
      if !request.layers.isEmpty { asked.layers = request.layers.map { Located($0, at: Self.place("--layer")) } }
      if let classes = Self.classes(request) { asked.subjects = Subjects(classes: classes) }
      // All raw values, each map by itself, and nothing that costs more.
      (asked.arrays, asked.scale, asked.measuresEvidence, asked.boxes) = (.all, .own, false, [])
      return asked
    }
  }

  private static func classes(_ request: DriftRequest) -> ClassSelection? {
    if !request.classes.isEmpty { return .named(request.classes.map { Located($0, at: place("--class")) }) }
    return request.top.map { .top(Located($0, at: place("--top"))) }
  }

  // MARK: - Pictures of the command line

  private static func requests(
    of pictures: [ContentFile], _ request: DriftRequest, _ methods: [MethodName]
  ) -> [ExplainRequest] {
    let standard = ClassSelection.top(Located(DriftRequest.standardTop, at: place("--top")))
    return pictures.enumerated().map { position, picture in
      ExplainRequest(
        id: ExplainRequest.ID(page: "--image", number: position + 1), location: place("--image"),
        image: Located(picture, at: place("--image")), model: Located(request.first, at: place(request.first)),
        subjects: Subjects(classes: classes(request) ?? standard),
        methods: methods.isEmpty ? Saliency.Method.standard.map(\.name) : methods)
    }
  }

  /// Files as they are, and the pictures of folders by their names.
  private static func pictures(_ paths: [String]) throws -> [ContentFile] {
    try paths.flatMap { path -> [String] in
      guard isFolder(path) else { return [path] }
      let names: [String]
      do throws(FolderListing.Fault) {
        names = try FolderListing(path).names
      } catch {
        throw Diagnostic.error("The folder “\(path)” cannot be read: \(error).")
      }
      let pictures = names.filter { name in [".png", ".jpg", ".jpeg"].contains { name.lowercased().hasSuffix($0) } }
      guard !pictures.isEmpty else {
        throw Diagnostic.error(
          "The folder “\(path)” has no pictures.", hint: "Name one with files that end in .png, .jpg or .jpeg.")
      }
      return pictures.map { PathText.join(path, $0) }
    }.withoutRepetitions.map { ContentFile(path: $0, url: URL(fileURLWithPath: $0)) }
  }

  /// Whether a folder is at `path`.
  static func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }

  // MARK: - Pictures of the content

  private static func blocks(_ request: DriftRequest, card: String?) throws -> [ExplainRequest] {
    guard let card else {
      throw Diagnostic.error(
        "There are no pictures to compare by: explain blocks name cards, and neither network has one.",
        hint: "Name some with --image.")
    }
    var faults = DiagnosticList()
    let content = SiteContent.load(
      from: URL(fileURLWithPath: request.options.content), shownAs: request.options.content, methods: .engine,
      includingDrafts: request.options.includesDrafts, followedLinks: request.options.followedLinks,
      diagnostics: &faults)
    try faults.throwIfErrors()
    let found = (content?.requests ?? []).filter { $0.model.value == card }
    guard !found.isEmpty else {
      throw Diagnostic.error(
        "There are no pictures to compare by: no explain block in \(request.options.content) uses “\(card)”.",
        hint: "Name some with --image.")
    }
    return found
  }
}
