import Diagnostics
import Vocabulary

extension ExplainRequest {
  /// The request that `settings` make once block, page, model card and site have all been asked.
  ///
  /// Something missing is reported, unless it was written somewhere and was wrong: that has been reported already.
  init?(
    _ settings: ExplainSettings, standardMethods: [MethodName], id: ID, at location: SourceLocation,
    diagnostics: inout DiagnosticList
  ) {
    func reportMissing(_ keys: Set<String>, _ summary: String, hint: String) {
      guard settings.writtenKeys.isDisjoint(with: keys) else { return }
      diagnostics.append(.error(summary, at: location, hint: hint))
    }
    if settings.image == nil {
      reportMissing(["image"], "The explain block names no image.", hint: "Add `image: photo.png`.")
    }
    if settings.model == nil {
      reportMissing(["model"], "The explain block names no model.", hint: "Add `model: name` here or to the page.")
    }
    if settings.targets == nil {
      reportMissing(
        ["classes", "top"], "The explain block names no classes.", hint: "Add `classes: [label]` or `top: 3`.")
    }
    guard let image = settings.image, let model = settings.model, let targets = settings.targets else { return nil }
    self.init(
      id: id, location: location, image: image, model: model, targets: targets,
      methods: settings.methods ?? standardMethods,
      layers: settings.layers, colormap: settings.colormap, opacity: settings.opacity, threshold: settings.threshold,
      caption: settings.caption, alt: settings.alt, boxes: settings.boxes)
  }
}
