import Diagnostics
import Files
import Vocabulary

/// What explain settings may name.
struct KnownNames {
  /// The names of all model cards.
  var models: [String]
  /// The methods.
  let methods: MethodNames
}

/// What the keys of explain settings are checked against.
struct SettingsContext {
  /// The content folder.
  let folder: ContentFolder
  /// The folder of the file being read, from the content folder.
  let directory: String
  /// What settings may name.
  let names: KnownNames
}

extension YAMLMapping {
  /// Where explain settings may be written, from the most to the least particular.
  enum SettingsLevel {
    case block, page, modelCard, site
  }

  /// Reads the keys of explain settings that `level` may give.
  mutating func explainSettings(for level: SettingsLevel, _ context: SettingsContext) -> ExplainSettings {
    var settings = ExplainSettings()
    if level == .block || level == .page {
      settings.truth = truth(context)
      settings.order = choice("sort", of: PictureOrder.self)
      settings.images = images(context, isCollection: location(of: "truth") ?? location(of: "sort") != nil)
      settings.caption = text("caption")?.value
      settings.alts = alts(of: settings.images)
      settings.boxes = boxes()
      settings.inputs = inputChoices(context)
    }
    if level != .modelCard { settings.models = distinct("model") { $0.model($1, context) } }
    settings.subjects = subjects(for: level, context)
    settings.methods = distinct("methods") { mapping, value in
      mapping.choice(of: value, "methods", in: context.names.methods.all, named: \.id)
    }?.map(\.value)
    settings.layers = distinct("layer") { $0.text(of: $1, "layer") }
    settings.colormap = choice("colormap", of: Colormap.self)?.value
    settings.opacity = number("opacity", "a number from 0 to 1") { (0...1).contains($0) }?.value
    settings.blend = choice("blend", of: Blend.self)?.value
    settings.scale = choice("scale", of: MapScale.self)?.value
    settings.arrays = choice("arrays", of: KeptArrays.self)?.value
    settings.profile = choice("profile", of: Profile.self)?.value
    settings.measuresEvidence = bool("evidence")
    if level != .modelCard { settings.columns = choice("columns", of: FigureAxis.self)?.value }
    settings.threshold = number("threshold", "a number above 0 and below 1") { $0 > 0 && $0 < 1 }?.value
    settings.writtenKeys = Set(
      ["image", "model", "classes", "top", "target", "truth", "sort"].filter { location(of: $0) != nil })
    return settings
  }

  /// At most this many pictures stand in a figure: with more, nobody sees what differs.
  private static var mostImages: Int { 60 }

  /// At most this many stand in a collection: a page with more is of no use to anybody.
  private static var mostCollected: Int { 10_000 }

  /// What people say of the pictures, by a file that is looked for where pictures are.
  private mutating func truth(_ context: SettingsContext) -> TruthFile? {
    guard let path = text("truth") else { return nil }
    var faults = DiagnosticList()
    let file = attempt { () throws(Diagnostic) in
      let file = try context.folder.find(path, in: [context.directory, "images"].uniqued(), as: "file")
      return try TruthFile(Located(file, at: path.location), in: context.folder, &faults)
    }
    report(faults)
    return faults.hasErrors ? nil : file
  }

  /// The pictures: each a path, or a pattern such as `birds/*.jpg`.
  private mutating func images(_ context: SettingsContext, isCollection: Bool) -> [Located<ContentFile>]? {
    let folders = [context.directory, "images"].uniqued()
    let found = oneOrMore("image") { mapping, value -> [Located<ContentFile>]? in
      guard let path = mapping.text(of: value, "image") else { return nil }
      return mapping.attempt { () throws(Diagnostic) in
        path.value.contains("*")
          ? try context.folder.findAll(path, in: folders, as: "image")
          : [Located(try context.folder.find(path, in: folders, as: "image"), at: path.location)]
      }
    }?.flatMap { $0 }
    guard let found else { return nil }
    var seen: Set<ExactPath> = []
    for image in found where !seen.insert(ExactPath(image.value.path)).inserted {
      report(.error("“image” names the same thing twice.", at: image.location, hint: "Remove one of them."))
      return nil
    }
    let most = isCollection ? Self.mostCollected : Self.mostImages
    if found.count > most {
      report(
        .error(
          "A \(isCollection ? "collection" : "figure") shows at most \(most) pictures, not \(found.count).",
          at: found[0].location,
          hint: isCollection
            ? "Make several blocks of it."
            : "Give each a page of its own with `sort: name`, or make several blocks of it."
        ))
      return nil
    }
    return found
  }

  /// One description for all pictures, or one for each.
  private mutating func alts(of images: [Located<ContentFile>]?) -> [String]? {
    guard let alts = oneOrMore("alt", { $0.text(of: $1, "alt") }) else { return nil }
    if let images, alts.count > 1, alts.count != images.count {
      report(
        .error(
          "There are \(alts.count) descriptions of \(images.count == 1 ? "one picture" : "\(images.count) pictures").",
          at: alts[0].location, hint: "Give one for each picture, or one for all."))
      return nil
    }
    return alts.map(\.value)
  }

  private mutating func model(_ value: YAMLValue, _ context: SettingsContext) -> Located<String>? {
    guard let name = text(of: value, "model") else { return nil }
    guard context.names.models.contains(name.value) else {
      let place = context.folder.shown("models/\(name.value).md")
      report(
        .error(
          "There is no model “\(name.value)”.", at: name.location,
          hint: Suggestion.hint(for: name.value, in: context.names.models) ?? "Write its card as \(place)."))
      return nil
    }
    return name
  }

  /// `classes` or `top`, and `target`.
  private mutating func subjects(for level: SettingsLevel, _ context: SettingsContext) -> Subjects? {
    // The names of classes and outputs are a network's own.
    let namesAllowed = level != .site
    let names = namesAllowed ? distinct("classes") { $0.text(of: $1, "classes") } : nil
    let top = integer("top", in: 1...100, "a whole number from 1 to 100")
    let targets = namesAllowed ? distinct("target") { $0.target($1, context) } : nil
    if namesAllowed, location(of: "classes") != nil, let place = location(of: "top") {
      report(.error("“top” and “classes” cannot stand together.", at: place, hint: "Remove one of them."))
      return nil
    }
    let classes = names.map(ClassSelection.named) ?? top.map(ClassSelection.top)
    return classes == nil && targets == nil ? nil : Subjects(classes: classes, targets: targets ?? [])
  }

  /// `words[3, mug]`, or `scores=weights.npy` with a file beside the one that names it.
  private mutating func target(_ value: YAMLValue, _ context: SettingsContext) -> Located<TargetText>? {
    guard let text = text(of: value, "target") else { return nil }
    guard let sign = text.value.firstIndex(of: "="), !text.value[..<sign].contains("[") else {
      return text.map { TargetText($0) }
    }
    let path = Located(String(text.value[text.value.index(after: sign)...]), at: text.location)
    return attempt { () throws(Diagnostic) in
      let file = try context.folder.find(path, in: [context.directory], as: "array")
      return text.map { TargetText($0, weights: file) }
    }
  }
}

// MARK: - Boxes

extension YAMLMapping {
  private static let boxForm = "[x, y, width, height] in pixels of the image"

  /// A list of boxes, or a mapping from a class to a box or to a list of boxes.
  private mutating func boxes() -> [ReferenceBox]? {
    guard let value = value("boxes") else { return nil }
    switch value.kind {
    case .sequence: return boxes(in: value, label: nil)
    case .mapping(let pairs): return pairs.flatMap { boxes(in: $0.value, label: $0.key) }
    case .scalar:
      report(.error("“boxes” must be boxes \(Self.boxForm), not \(value.kindName).", at: value.location))
      return nil
    }
  }

  private mutating func boxes(in value: YAMLValue, label: Located<String>?) -> [ReferenceBox] {
    guard case .sequence(let elements) = value.kind else {
      report(.error("A box must be \(Self.boxForm), not \(value.kindName).", at: value.location))
      return []
    }
    let isListOfBoxes = elements.contains { if case .sequence = $0.kind { true } else { false } }
    return (isListOfBoxes || elements.isEmpty ? elements : [value]).compactMap { box($0, label: label) }
  }

  private mutating func box(_ value: YAMLValue, label: Located<String>?) -> ReferenceBox? {
    guard case .sequence(let elements) = value.kind, elements.count == 4 else {
      report(.error("A box must be \(Self.boxForm).", at: value.location))
      return nil
    }
    let origin = elements[..<2].compactMap { number(of: $0, "boxes", "a number from 0 up") { $0 >= 0 }?.value }
    let size = elements[2...].compactMap { number(of: $0, "boxes", "a number above 0") { $0 > 0 }?.value }
    guard origin.count == 2, size.count == 2 else { return nil }
    return ReferenceBox(
      label: label, x: origin[0], y: origin[1], width: size[0], height: size[1], location: value.location)
  }
}
