import Diagnostics
import Vocabulary

extension FigureRequest {
  /// The most parts of a figure: with more, nobody sees what differs.
  private static let mostParts = 1000

  /// The request that `settings` make, of a block and its page, once model cards and site have been asked too.
  ///
  /// Something missing is reported, unless it was written somewhere and was wrong: that has been reported already.
  ///
  /// - Parameters:
  ///   - cards: the model cards that could be read, by name.
  ///   - defaults: what the site says.
  init?(
    _ settings: ExplainSettings, cards: [String: ModelCard], defaults: ExplainSettings, standardMethods: [MethodName],
    id: ID, at location: SourceLocation, diagnostics: inout DiagnosticList
  ) {
    let models = settings.models ?? defaults.models ?? []
    let filled = models.map { model in
      (cards[model.value].map { settings.filled(from: $0.defaults) } ?? settings).filled(from: defaults)
    }
    let first = filled.first ?? settings.filled(from: defaults)
    func reportMissing(_ keys: Set<String>, _ summary: String, hint: String) {
      guard first.writtenKeys.isDisjoint(with: keys) else { return }
      diagnostics.append(.error(summary, at: location, hint: hint))
    }
    if settings.images == nil {
      reportMissing(["image"], "The explain block names no image.", hint: "Add `image: photo.png`.")
    }
    if models.isEmpty {
      reportMissing(
        ["model"], "The explain block names no model.", hint: "Add `model: name` here or to the page.")
    }
    if first.subjects == nil {
      reportMissing(
        ["classes", "top", "target"], "The explain block names no classes.",
        hint: "Add `classes: [label]` or `top: 3`.")
    }
    guard let images = settings.images, !models.isEmpty else { return nil }
    let inputs = InputChoice.combinations(of: settings.inputs ?? [])
    guard images.count * inputs.count * models.count <= Self.mostParts else {
      let count = images.count * inputs.count * models.count
      diagnostics.append(
        .error(
          "The figure has \(count) parts, pictures times inputs times models; it may have \(Self.mostParts).",
          at: location, hint: "Make several blocks of it."))
      return nil
    }
    var parts: [ExplainRequest] = []
    for (position, image) in images.enumerated() {
      let alt = settings.alts.flatMap { $0.count == 1 ? $0[0] : $0.indices.contains(position) ? $0[position] : nil }
      for given in inputs {
        for (model, settings) in zip(models, filled) {
          guard let subjects = settings.subjects else { return nil }
          parts.append(
            ExplainRequest(
              id: ExplainRequest.ID(page: id.page, number: id.number, part: parts.count + 1), location: location,
              image: image, model: model, inputs: given, subjects: subjects,
              methods: settings.methods ?? standardMethods, layers: settings.layers, colormap: settings.colormap,
              opacity: settings.opacity, blend: settings.blend, scale: settings.scale, arrays: settings.arrays,
              profile: settings.profile, measuresEvidence: settings.measuresEvidence, threshold: settings.threshold,
              alt: alt, boxes: settings.boxes))
        }
      }
    }
    if settings.measuresEvidence == true, parts.allSatisfy({ $0.methods.allSatisfy { $0.picture == .boxes } }) {
      diagnostics.append(
        .warning(
          "Evidence is about maps, and this figure shows boxes alone.", at: location,
          hint: "Add `grad-cam` to its methods, or leave out `evidence: true`."))
    }
    self.init(id: id, location: location, parts: parts, columns: first.columns, caption: settings.caption)
  }
}
