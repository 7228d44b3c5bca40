extension Figure {
  /// One row of a figure: mostly a class, or a layer.
  public struct Row: Sendable, TemplateView {
    /// The row's id on its page.
    let id: String
    /// What tells it from other rows: mostly the class's name.
    let label: String
    /// The class that the row is about; `nil` where its panels differ by it.
    let className: String?
    /// The layer that it looks at; `nil` where it looks at none, or at several.
    let layer: String?
    /// The probability or score that the row is about, 0…1 with four digits; `nil` where its panels differ by it.
    let share: String?
    /// Numbers and names of the row.
    let facts: [Fact]
    /// Why this layer, as a full sentence.
    let reason: String?
    /// The photo as the network saw it, beside which the panels stand; `nil` where they have photos of their own.
    let photo: Picture?
    /// The panels.
    let panels: [Panel]
    /// Warnings about this row, in full sentences (“There is no positive evidence …”).
    let notes: [String]

    /// Creates a row.
    ///
    /// - Parameters:
    ///   - number: the row's place in its figure, from 1.
    ///   - figure: the figure's number on its page.
    ///   - label: what tells it from other rows.
    ///   - className: the class that the whole row is about.
    ///   - layer: the layer that the whole row looks at.
    ///   - probability: of the class that the whole row is about, 0…1.
    ///   - facts: numbers and names.
    ///   - reason: why this layer, as a full sentence.
    ///   - photo: the photo as the network saw it.
    ///   - panels: the panels, in the order of the columns.
    ///   - notes: warnings about this row, in full sentences.
    public init(
      number: Int, ofFigure figure: Int, label: String, className: String? = nil, layer: String? = nil,
      probability: Double? = nil, facts: [Fact] = [], reason: String? = nil, photo: Picture?, panels: [Panel],
      notes: [String] = []
    ) {
      id = PageIDs.row(number, ofFigure: figure)
      self.label = label
      self.className = className
      self.layer = layer
      share = probability.map(NumberText.plain)
      self.facts = facts
      self.reason = reason
      // The photo is told once; beside the other rows it only helps the eye to compare.
      self.photo = number == 1 ? photo : photo?.untold
      self.panels = panels
      self.notes = notes
    }
  }
}

extension Figure.Fact {
  /// What a network says of a class, in the order in which readers see it.
  ///
  /// - Parameters:
  ///   - probability: 0…1; `nil` where the network has none.
  ///   - logit: the score before the softmax.
  ///   - rank: the place in the network's own ranking, from 1.
  ///   - strings: the words of the interface, in the page’s language.
  public static func verdict(
    probability: Double?, logit: Double, rank: Int, in strings: Strings
  ) -> [Figure.Fact] {
    [
      probability.map { Figure.Fact(strings(.probability), strings.numbers.percentage($0)) },
      Figure.Fact(strings(.logit), strings.numbers.signed(logit)), Figure.Fact(strings(.rank), String(rank)),
    ].compactMap { $0 }
  }

  /// The value of what is explained where it is no class.
  public static func value(_ value: Double, in strings: Strings) -> Figure.Fact {
    Figure.Fact(strings(.value), strings.numbers.signed(value))
  }
}
