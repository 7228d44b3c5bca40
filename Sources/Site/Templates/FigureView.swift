public import Vocabulary

/// What a page shows for one explain block.
public struct FigureView: Sendable, Hashable {
  /// The photo as the network saw it, shown once; each row's panels stand beside it.
  public var photo: PictureView
  /// The network's name for readers.
  public var modelTitle: String
  /// The name of the network's card, if it has a page.
  public var modelName: String?
  /// A row for each class, or for each layer.
  public var rows: [RowView]
  /// What is written under the figure.
  public var caption: String?
  /// Warnings about the whole figure, in full sentences.
  public var notes: [String]

  /// Creates a figure.
  public init(
    photo: PictureView, modelTitle: String, modelName: String?, rows: [RowView], caption: String? = nil,
    notes: [String] = []
  ) {
    self.photo = photo
    self.modelTitle = modelTitle
    self.modelName = modelName
    self.rows = rows
    self.caption = caption
    self.notes = notes
  }
}

/// A picture file of the output.
public struct PictureView: Sendable, Hashable {
  /// The path from the output folder, with `/` between parts.
  public var path: String
  /// The width in pixels.
  public var width: Int
  /// The height in pixels.
  public var height: Int
  /// What it shows, for readers who cannot see it.
  public var alt: String

  /// Creates a picture.
  public init(path: String, width: Int, height: Int, alt: String) {
    self.path = path
    self.width = width
    self.height = height
    self.alt = alt
  }
}

/// One class (at one layer) of a figure.
public struct RowView: Sendable, Hashable {
  /// The class's name: its first synonym.
  public var label: String
  /// The class's index in the network's output, from 0.
  public var index: Int
  /// The class's synset id, if the label file has one.
  public var synset: String?
  /// The pre-softmax score.
  public var logit: Double
  /// The softmax probability, 0…1, if the network has one.
  public var probability: Double?
  /// The place in the network's own ranking, from 1.
  public var rank: Int?
  /// The layer that was looked at, if a method looked at one.
  public var layer: String?
  /// Why this layer, as a full sentence.
  public var layerReason: String?
  /// The panels, in the order of the request's methods.
  public var panels: [PanelView]
  /// Warnings about this row, in full sentences (“There is no positive evidence …”).
  public var notes: [String]

  /// Creates a row.
  public init(
    label: String, index: Int, synset: String? = nil, logit: Double, probability: Double? = nil, rank: Int? = nil,
    layer: String? = nil, layerReason: String? = nil, panels: [PanelView], notes: [String] = []
  ) {
    self.label = label
    self.index = index
    self.synset = synset
    self.logit = logit
    self.probability = probability
    self.rank = rank
    self.layer = layer
    self.layerReason = layerReason
    self.panels = panels
    self.notes = notes
  }
}

/// One picture of one method.
public struct PanelView: Sendable, Hashable {
  /// What made it.
  public var method: MethodName
  /// The picture.
  public var picture: PictureView
  /// The colour map of a heat map; `nil` when the picture has none.
  public var colormap: Colormap?
  /// A short remark such as “IoU 0.62”.
  public var note: String?

  /// Creates a panel.
  public init(method: MethodName, picture: PictureView, colormap: Colormap? = nil, note: String? = nil) {
    self.method = method
    self.picture = picture
    self.colormap = colormap
    self.note = note
  }
}
