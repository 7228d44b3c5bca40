public import Diagnostics
public import Vocabulary

/// What is asked of one picture under one network, with every default filled in from block, page, model card and site.
public struct ExplainRequest: Hashable, Sendable, Identifiable {
  /// Tells the requests of a site apart.
  public struct ID: Hashable, Sendable, CustomStringConvertible {
    /// The block that it is a part of.
    public let figure: FigureRequest.ID
    /// Which of the block's pictures, inputs and networks it is about, counted from 1.
    public let part: Int

    /// Creates the identity of a part of block `number` of `page`.
    public init(page: String, number: Int, part: Int = 1) {
      figure = FigureRequest.ID(page: page, number: number)
      self.part = part
    }

    /// `experiments/cat-dog.md#1.2`.
    public var description: String { "\(figure).\(part)" }
  }

  /// Which request this is.
  public var id: ID
  /// The line of the block's fence, or of the front matter that stands for a block.
  public var location: SourceLocation
  /// The picture to explain.
  public var image: Located<ContentFile>
  /// The name of the model card, which the site has.
  public var model: Located<String>
  /// What the network's other inputs are given.
  public var inputs: [GivenInput]
  /// What to explain.
  public var subjects: Subjects
  /// Which panels to show, in this order; never empty, none twice.
  public var methods: [MethodName]
  /// Nodes or tensors to look at; empty means the network's default layer, several make a row a layer.
  public var layers: [Located<String>]
  /// The colour map of heat maps.
  public var colormap: Colormap
  /// How strongly a heat map covers the photo, 0…1.
  public var opacity: Double
  /// Where it covers it.
  public var blend: Blend
  /// What the colours of maps are measured by.
  public var scale: MapScale
  /// Whose raw values the page offers.
  public var arrays: KeptArrays
  /// Whose conventions maps follow.
  public var profile: Profile
  /// Whether it is measured how far maps may be trusted.
  public var measuresEvidence: Bool
  /// The share of the maximum above which a location counts for a bounding box, 0…1 (exclusive).
  public var threshold: Double
  /// What the photo shows, for readers who cannot see it.
  public var alt: String?
  /// Boxes that people drew, to compare localizations with.
  public var boxes: [ReferenceBox]
  /// What people say of a picture of a collection; `nil` where it belongs to none.
  public var truth: PictureTruth?

  /// Creates a request; what is left out is as the content's defaults have it.
  public init(
    id: ID, location: SourceLocation, image: Located<ContentFile>, model: Located<String>, inputs: [GivenInput] = [],
    subjects: Subjects, methods: [MethodName], layers: [Located<String>]? = nil, colormap: Colormap? = nil,
    opacity: Double? = nil,
    blend: Blend? = nil, scale: MapScale? = nil, arrays: KeptArrays? = nil, profile: Profile? = nil,
    measuresEvidence: Bool? = nil,
    threshold: Double? = nil,
    alt: String? = nil,
    boxes: [ReferenceBox]? = nil,
    truth: PictureTruth? = nil
  ) {
    self.id = id
    self.location = location
    self.image = image
    self.model = model
    self.inputs = inputs
    self.subjects = subjects
    self.methods = methods
    self.layers = layers ?? []
    self.colormap = colormap ?? .turbo
    self.opacity = opacity ?? 0.5
    self.blend = blend ?? .fade
    self.scale = scale ?? .own
    self.arrays = arrays ?? .maps
    self.profile = profile ?? .paper
    self.measuresEvidence = measuresEvidence ?? false
    self.threshold = threshold ?? 0.15
    self.alt = alt
    self.boxes = boxes ?? []
    self.truth = truth
  }
}

/// A box that a person drew around a thing.
public struct ReferenceBox: Hashable, Sendable {
  /// The class that the box belongs to, as written; `nil` means every class of the block.
  public var label: Located<String>?
  /// The left edge in pixels of the original image.
  public var x: Double
  /// The top edge in pixels of the original image.
  public var y: Double
  /// The width in pixels, above zero.
  public var width: Double
  /// The height in pixels, above zero.
  public var height: Double
  /// Where the box was written.
  public var location: SourceLocation

  /// Creates a box.
  public init(label: Located<String>?, x: Double, y: Double, width: Double, height: Double, location: SourceLocation) {
    self.label = label
    self.x = x
    self.y = y
    self.width = width
    self.height = height
    self.location = location
  }
}
