import Diagnostics
import Vocabulary

extension FigureRequest {
  /// The most parts of a figure: with more, nobody sees what differs.
  private static let mostParts = 1000
  /// The most of a collection, where each picture has a page of its own.
  private static let mostCollected = 40_000

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
    let isCollection = settings.truth != nil || settings.order != nil
    // Of a collection the best class and the true ones are explained at least.
    let collected = Subjects(classes: .top(Located(1, at: location)))
    if first.subjects == nil, !isCollection {
      reportMissing(
        ["classes", "top", "target", "truth", "sort"], "The explain block names no classes.",
        hint: "Add `classes: [label]` or `top: 3`.")
    }
    guard let images = settings.images, !models.isEmpty else { return nil }
    let inputs = InputChoice.combinations(of: settings.inputs ?? [])
    if isCollection,
      let fault = Self.fault(ofCollection: settings, inputs.count, targets: first.subjects?.targets ?? [])
    {
      diagnostics.append(fault.located(at: location))
      return nil
    }
    let mostParts = isCollection ? Self.mostCollected : Self.mostParts
    guard images.count * inputs.count * models.count <= mostParts else {
      let count = images.count * inputs.count * models.count
      diagnostics.append(
        .error(
          "The figure has \(count) parts, pictures times inputs times models; it may have \(mostParts).",
          at: location, hint: "Make several blocks of it."))
      return nil
    }
    let truths = settings.truth.map { $0.truths(of: images, &diagnostics) }
    var parts: [ExplainRequest] = []
    for (position, image) in images.enumerated() {
      let alt = settings.alts.flatMap { $0.count == 1 ? $0[0] : $0.indices.contains(position) ? $0[position] : nil }
      for given in inputs {
        for (model, settings) in zip(models, filled) {
          guard let subjects = settings.subjects ?? (isCollection ? collected : nil) else { return nil }
          parts.append(
            ExplainRequest(
              id: ExplainRequest.ID(page: id.page, number: id.number, part: parts.count + 1), location: location,
              image: image, model: model, inputs: given, subjects: subjects,
              methods: settings.methods ?? standardMethods, layers: settings.layers, colormap: settings.colormap,
              opacity: settings.opacity, blend: settings.blend, scale: settings.scale, arrays: settings.arrays,
              profile: settings.profile, measuresEvidence: settings.measuresEvidence, threshold: settings.threshold,
              alt: alt ?? truths?[position].caption, boxes: settings.boxes,
              truth: isCollection ? truths?[position] ?? PictureTruth() : nil))
        }
      }
    }
    if settings.measuresEvidence == true, parts.allSatisfy({ $0.methods.allSatisfy { $0.picture == .boxes } }) {
      diagnostics.append(
        .warning(
          "Evidence is about maps, and this figure shows boxes alone.", at: location,
          hint: "Add `grad-cam` to its methods, or leave out `evidence: true`."))
    }
    self.init(
      id: id, location: location, parts: parts, columns: first.columns, caption: settings.caption,
      order: isCollection ? settings.order?.value ?? .probability : nil)
  }

  /// What makes no sense of a collection.
  private static func fault(
    ofCollection settings: ExplainSettings, _ inputs: Int, targets: [Located<TargetText>]
  ) -> Diagnostic? {
    if let target = targets.first {
      return .error(
        "A collection is about classes, and “\(target.value.text)” is none.", at: target.location,
        hint: "Ask for `classes:` or `top:`, or leave out `truth:` and `sort:`.")
    }
    if inputs > 1 {
      return .error(
        "A collection asks one question of each picture, not \(inputs).", hint: "Give each input one value.")
    }
    if let order = settings.order, order.value == .error, settings.truth == nil {
      return .error(
        "Nothing says what is true, by which pictures could be sorted.", at: order.location,
        hint: "Add `truth: truth.csv`, or sort by probability or name.")
    }
    return nil
  }
}
