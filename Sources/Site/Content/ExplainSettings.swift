public import Vocabulary

/// Settings of explain blocks as one place gives them: a block, a page, a model card or the site.
public struct ExplainSettings: Sendable, Hashable {
  /// The pictures.
  public var images: [Located<ContentFile>]?
  /// The model cards' names.
  public var models: [Located<String>]?
  /// What the networks' other inputs are given.
  public var inputs: [InputChoice]?
  /// What is explained.
  public var subjects: Subjects?
  /// The panels.
  public var methods: [MethodName]?
  /// The layers.
  public var layers: [Located<String>]?
  /// The colour map.
  public var colormap: Colormap?
  /// The overlay's opacity, 0…1.
  public var opacity: Double?
  /// Where the overlay covers the photo.
  public var blend: Blend?
  /// What the colours of maps are measured by.
  public var scale: MapScale?
  /// Whose raw values the page offers.
  public var arrays: KeptArrays?
  /// Whose conventions maps follow.
  public var profile: Profile?
  /// Whether it is measured how far maps may be trusted.
  public var measuresEvidence: Bool?
  /// What differs from column to column.
  public var columns: FigureAxis?
  /// The threshold for boxes, 0…1 (exclusive).
  public var threshold: Double?
  /// The caption.
  public var caption: String?
  /// What people say of the pictures.
  var truth: TruthFile?
  /// In which order a collection shows its pictures.
  public var order: Located<PictureOrder>?
  /// The photos' descriptions: one for all, or one for each.
  public var alts: [String]?
  /// Boxes that people drew.
  public var boxes: [ReferenceBox]?

  /// Keys that stand in the file, whether or not their values are right: what was written wrongly is not missing.
  var writtenKeys: Set<String> = []

  /// Settings that say nothing.
  public init() {}

  /// These settings, with `others` where these say nothing.
  public func filled(from others: ExplainSettings) -> ExplainSettings {
    var result = self
    result.images = images ?? others.images
    result.models = models ?? others.models
    result.inputs = inputs ?? others.inputs
    result.subjects = subjects ?? others.subjects
    result.methods = methods ?? others.methods
    result.layers = layers ?? others.layers
    result.colormap = colormap ?? others.colormap
    result.opacity = opacity ?? others.opacity
    result.blend = blend ?? others.blend
    result.scale = scale ?? others.scale
    result.arrays = arrays ?? others.arrays
    result.profile = profile ?? others.profile
    result.measuresEvidence = measuresEvidence ?? others.measuresEvidence
    result.columns = columns ?? others.columns
    result.threshold = threshold ?? others.threshold
    result.caption = caption ?? others.caption
    result.truth = truth ?? others.truth
    result.order = order ?? others.order
    result.alts = alts ?? others.alts
    result.boxes = boxes ?? others.boxes
    result.writtenKeys.formUnion(others.writtenKeys)
    return result
  }
}
