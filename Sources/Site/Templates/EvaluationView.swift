import Foundation

/// What a block about an evaluation becomes: a table of what was measured over a data set, or cards of methods.
public struct EvaluationView: Sendable, TemplateView {
  /// A column of the table.
  public struct Column: Sendable, TemplateView {
    /// What stands above it.
    let title: String
    /// What it says, in a sentence.
    let meaning: String

    /// Creates a column.
    public init(title: String, meaning: String) {
      self.title = title
      self.meaning = meaning
    }
  }

  /// A line of the table: a method at a layer.
  public struct Row: Sendable, TemplateView {
    /// The method, as it is read.
    let method: String
    /// The layer that it looks at, if it looks at one.
    let layer: String?
    /// What was measured, column by column.
    let cells: [Measured]

    /// Creates a line.
    public init(method: String, layer: String?, cells: [Measured]) {
      self.method = method
      self.layer = layer
      self.cells = cells
    }
  }

  /// The block's id on its page.
  let id: String
  /// What stands above the table.
  let caption: String?
  /// The table's columns behind the method; none where there are cards.
  let columns: [Column]
  /// The table's lines.
  let rows: [Row]
  /// The cards; none where there is a table.
  let cards: [MethodCardView]
  /// What was looked at: how many things in how many pictures, and what chance would give; `nil` where nothing was.
  let subject: String?
  /// The command that measures it again.
  let command: String?
  /// What readers must know besides, in sentences.
  let notes: [String]

  /// Creates a table.
  ///
  /// - Parameter number: the block's place among those of its page, counted from 1.
  public init(
    number: Int, caption: String?, columns: [Column], rows: [Row], subject: String, command: String, notes: [String]
  ) {
    id = PageIDs.evaluation(number)
    self.caption = caption
    self.columns = columns
    self.rows = rows
    cards = []
    self.subject = subject
    self.command = command
    self.notes = notes
  }

  /// Creates cards.
  ///
  /// - Parameters:
  ///   - number: the block's place among those of its page, counted from 1.
  ///   - subject: what was looked at, and so `command`; `nil` where nothing was measured.
  public init(number: Int, cards: [MethodCardView], subject: String?, command: String?, notes: [String]) {
    id = PageIDs.evaluation(number)
    caption = nil
    (columns, rows) = ([], [])
    self.cards = cards
    self.subject = subject
    self.command = command
    self.notes = notes
  }
}

/// A mean with how far it would be off had other pictures been taken.
public struct Measured: Sendable, TemplateView {
  /// `91.6`, or a dash where it was not measured.
  let value: String
  /// `89.6–93.5`; `nil` where it was not measured.
  let interval: String?
  /// Where the interval begins on a line from 0 to 100; `nil` for what has no such line.
  let low: String?
  /// Where the mean is on that line; `nil` likewise.
  let mean: String?
  /// Where the interval ends on it; `nil` likewise.
  let high: String?
  /// Whether no other method's mean is better.
  let isBest: Bool

  /// What was not measured.
  public static let none = Measured(text: "–")

  /// Creates a number without an interval.
  ///
  /// - Parameter text: the number as it is read.
  public init(text: String) {
    value = text
    (interval, low, mean, high) = (nil, nil, nil, nil)
    isBest = false
  }

  /// Creates a number.
  ///
  /// - Parameters:
  ///   - low: the interval's end, and so `high`.
  ///   - isShare: whether it is from 0 to 1, and read as a percentage.
  ///   - isBest: whether no other method's mean is better.
  ///   - strings: the words of the interface, in the page’s language.
  public init(
    mean: Double, low: Double, high: Double, isShare: Bool, isBest: Bool = false, in strings: Strings
  ) {
    func text(_ number: Double) -> String {
      isShare ? strings.numbers.percent(number) : strings.numbers.signed(number)
    }
    value = text(mean)
    interval = strings(low < 0 ? .intervalSigned : .interval, ["low": text(low), "high": text(high)])
    func place(_ number: Double) -> String? { isShare ? String(format: "%.1f", min(max(number, 0), 1) * 100) : nil }
    (self.low, self.mean, self.high) = (place(low), place(mean), place(high))
    self.isBest = isBest
  }
}

/// A card that tells of one method what its users must know. Source: Boggust et al. 2023, Saliency Cards.
public struct MethodCardView: Sendable, TemplateView {
  /// What was found in one test.
  public struct Test: Sendable, TemplateView {
    /// What is tested.
    let title: String
    /// What was measured; `nil` where the test says nothing of the method.
    let measured: String?
    /// Whether it is passed, in words.
    let verdict: String
    /// `passed`, `inconclusive`, `failed` or `not-measured`: a class of the style sheet.
    let kind: String
    /// When it is passed, in a sentence.
    let rule: String

    /// Creates a result.
    ///
    /// - Parameter kind: a class of the style sheet that tells the verdicts apart.
    public init(title: String, measured: String?, verdict: String, kind: String, rule: String) {
      self.title = title
      self.measured = measured
      self.verdict = verdict
      self.kind = kind
      self.rule = rule
    }
  }

  /// The card's id on its page.
  let id: String
  /// The method, as it is read.
  let title: String
  /// As it is written.
  let name: String
  /// What it shows, as a sentence.
  let summary: String
  /// The formula.
  let formula: String
  /// What is to be known of it.
  let facts: [Figure.Fact]
  /// How it fares in tests.
  let tests: [Test]

  /// Creates a card.
  ///
  /// - Parameters:
  ///   - number: the place of the block among those of its page, counted from 1.
  ///   - name: the method, as it is written.
  public init(
    number: Int, name: String, title: String, summary: String, formula: String, facts: [Figure.Fact], tests: [Test]
  ) {
    id = PageIDs.methodCard(name, ofEvaluation: number)
    self.name = name
    self.title = title
    self.summary = summary
    self.formula = formula
    self.facts = facts
    self.tests = tests
  }
}
