import Diagnostics
import Foundation
import Imaging
import Site

/// Everything that a build needs to know before it computes: content, templates, models, and the requests in groups.
struct GalleryPlan {
  let content: SiteContent
  let templates: TemplateLibrary
  /// The models whose cards are sound, by name.
  let models: [String: LoadedModel]
  /// The requests by model and picture, in the order in which they are first met.
  let groups: [Group]

  /// The figures that one forward run serves.
  struct Group {
    let model: LoadedModel
    let image: Located<ContentFile>
    var figures: [PlannedFigure]

    /// The picture, or `nil` after a fault, which is placed where the picture was named.
    func decode(_ faults: inout DiagnosticList) throws -> Image? {
      do {
        return try Image(contentsOfFile: image.value.url.path)
      } catch let fault as Diagnostic {
        // Said where the writer named the picture, not at the picture's own path.
        faults.append(.error("“\(image.value.path)”: \(fault.summary)", at: image.location, hint: fault.hint))
        return nil
      }
    }
  }

  /// Reads content, templates and models, and resolves every request.
  ///
  /// - Parameter diagnostics: receives all faults.
  /// - Returns: `nil` where content or templates cannot be read at all.
  init?(_ options: BuildOptions, diagnostics: inout DiagnosticList) throws {
    let content = SiteContent.load(
      from: URL(fileURLWithPath: options.content), shownAs: options.content, includingDrafts: options.includesDrafts,
      diagnostics: &diagnostics)
    let templates = TemplateLibrary.load(
      from: URL(fileURLWithPath: options.templates), shownAs: options.templates, diagnostics: &diagnostics)
    guard let content, let templates else { return nil }
    self.content = content
    self.templates = templates
    var models: [String: LoadedModel] = [:]
    for card in content.models.map(\.card) {
      models[card.name] = try diagnostics.collect { try LoadedModel(card) { "\(options.content)/\($0.path)" } }
    }
    self.models = models
    var groups: [Group] = []
    var positions: [String: Int] = [:]
    for request in content.requests {
      // A model that could not be loaded has been complained of already.
      guard let model = models[request.model.value],
        let figure = try diagnostics.collect({ try PlannedFigure(request, model: model) })
      else { continue }
      let key = "\(request.model.value)\n\(request.image.value.path)"
      if let position = positions[key] {
        groups[position].figures.append(figure)
      } else {
        positions[key] = groups.count
        groups.append(Group(model: model, image: request.image, figures: [figure]))
      }
    }
    self.groups = groups
  }

  /// Decodes every picture and forgets it, to find the faults.
  func checkImages(_ faults: inout DiagnosticList) throws {
    for group in groups { _ = try group.decode(&faults) }
  }
}
