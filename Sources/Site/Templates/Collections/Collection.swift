/// Many pictures, each with a figure of its own: what an explain block with `truth:` or `sort:` becomes.
///
/// The page shows them as a grid; each has a page, and so has each class and each tag of theirs.
public struct Collection: Sendable {
  /// Which block it is.
  let request: FigureRequest.ID
  /// What is written under the grid.
  let caption: String?
  /// In which order the grid shows the pictures.
  let order: PictureOrder
  /// The networks; all pictures have a verdict of each.
  let models: [Figure.ModelName]
  /// The pictures, in the order of the block.
  public let pictures: [CollectedPicture]
  /// Warnings about all of them, in full sentences.
  let notes: [String]

  /// Creates a collection.
  public init(
    request: FigureRequest.ID, caption: String?, order: PictureOrder, models: [Figure.ModelName],
    pictures: [CollectedPicture], notes: [String] = []
  ) {
    self.request = request
    self.caption = caption
    self.order = order
    self.models = models
    self.pictures = pictures
    self.notes = notes
  }

  /// Whether anybody says what pictures show.
  var hasTruth: Bool { pictures.contains { !$0.truth.isEmpty } }
}

/// A picture of a collection.
public struct CollectedPicture: Sendable {
  /// What a network takes it for.
  public struct Verdict: Sendable {
    /// The class, by the network's first name for it.
    let said: String
    /// Of that class, 0…1; `nil` where the network has none.
    let probability: Double?
    /// What it shows, by the network's names; none where nobody says so.
    let truth: [String]
    /// The highest probability of one of these; `nil` likewise.
    let trueProbability: Double?
    /// Maps in colours to be laid over the photo, by what they explain; those without evidence are missing.
    let maps: [String: Figure.Picture]

    /// Creates a verdict.
    public init(
      said: String, probability: Double?, truth: [String], trueProbability: Double?, maps: [String: Figure.Picture]
    ) {
      self.said = said
      self.probability = probability
      self.truth = truth
      self.trueProbability = trueProbability
      self.maps = maps
    }

    /// Whether it is right; `nil` where nobody says what is.
    var isRight: Bool? { truth.isEmpty ? nil : truth.contains(said) }

    /// What the picture counts as among the true classes: what was said of it where that is right, else the first.
    var countedTruth: String? { isRight == true ? said : truth.first }

    /// How little the network gives to what is true, 0…1; `nil` where nobody says what is.
    var error: Double? {
      isRight.map { isRight in trueProbability.map { 1 - $0 } ?? (isRight ? 0 : 1) }
    }
  }

  /// The last part of its page's address, without extension.
  let name: String
  /// What readers call it: its caption, or the file's name.
  let title: String
  /// Words under which it is listed.
  let tags: [String]
  /// What each network takes it for; never empty.
  let verdicts: [Verdict]
  /// The photo as the first network saw it.
  let photo: Figure.Picture
  /// All panels.
  public let figure: Figure

  /// Creates a picture.
  ///
  /// - Parameters:
  ///   - name: one of `FigureRequest.pictureNames`.
  ///   - title: what readers call it.
  ///   - verdicts: one of each network.
  public init(
    name: String, title: String, tags: [String], verdicts: [Verdict], photo: Figure.Picture, figure: Figure
  ) {
    self.name = name
    self.title = title
    self.tags = tags
    self.verdicts = verdicts
    self.photo = photo
    self.figure = figure
  }

  /// What it shows, by the first network's names.
  var truth: [String] { verdicts.first?.truth ?? [] }

  /// Whether all networks take it for the same.
  var isAgreed: Bool { Set(verdicts.map(\.said)).count <= 1 }
}
