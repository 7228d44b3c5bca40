extension Figure {
  /// One class (at one layer) of a figure.
  public struct Row: Sendable, TemplateView {
    /// The row's id on its page.
    let id: String
    /// The class's name: its first synonym.
    let label: String
    /// The class's index in the network's output, from 0.
    let index: Int
    /// The class's synset id, if the label file has one.
    let synset: String?
    /// The place in the network's own ranking, from 1.
    let rank: Int?
    /// The pre-softmax score.
    let logit: String
    /// The softmax probability as a percentage, if the network has one.
    let probability: String?
    /// The layer that was looked at, if a method looked at one.
    let layer: String?
    /// Why this layer, as a full sentence.
    let reason: String?
    /// The photo as the network saw it, beside which the panels stand.
    let photo: Picture
    /// The panels, in the order of the request's methods.
    let panels: [Panel]
    /// Warnings about this row, in full sentences (“There is no positive evidence …”).
    let notes: [String]

    /// Creates a row.
    ///
    /// - Parameters:
    ///   - number: the row's place in its figure, from 1.
    ///   - figure: the figure's number on its page.
    ///   - photo: the photo as the network saw it.
    ///   - label: the class's name.
    ///   - index: the class's index in the network's output, from 0.
    ///   - synset: the class's synset id, if the label file has one.
    ///   - logit: the pre-softmax score.
    ///   - probability: the softmax probability, 0…1, if the network has one.
    ///   - rank: the place in the network's own ranking, from 1.
    ///   - layer: the layer that was looked at, if a method looked at one.
    ///   - layerReason: why this layer, as a full sentence.
    ///   - panels: the panels, in the order of the request's methods.
    ///   - notes: warnings about this row, in full sentences.
    public init(
      number: Int, ofFigure figure: Int, photo: Picture, label: String, index: Int, synset: String? = nil,
      logit: Double, probability: Double? = nil, rank: Int? = nil, layer: String? = nil, layerReason: String? = nil,
      panels: [Panel], notes: [String] = []
    ) {
      id = PageIDs.row(number, ofFigure: figure)
      self.label = label
      self.index = index
      self.synset = synset
      self.rank = rank
      self.logit = NumberText.signed(logit)
      self.probability = probability.map(NumberText.percentage)
      self.layer = layer
      reason = layerReason
      // The photo is told once; beside the other rows it only helps the eye to compare.
      self.photo = number == 1 ? photo : photo.untold
      self.panels = panels
      self.notes = notes
    }
  }
}
