/// A figure as a page shows it: what an explain block asked for, in the words and numbers that readers see.
///
/// It is a grid: columns differ by one axis, mostly the method, and rows by the others. What is the same everywhere is said once.
public struct Figure: Sendable, TemplateView {
  /// The figure's id on its page.
  let id: String
  /// The figure's number on its page, from 1.
  let number: Int
  /// What makes the rows differ: `classes`, `layers`, `pictures`, `models`, `methods`, or `mixed`; `nil` where there is but one.
  let varies: String?
  /// The rows.
  public let rows: [Row]
  /// What all rows have in common, where it is not told in the first: facts such as the class.
  let facts: [Fact]
  /// What is written under the figure.
  let caption: String?
  /// Warnings about the whole figure, in full sentences.
  let notes: [String]
  /// The pages of the networks, or their names where they have none.
  let models: [ModelName]
  /// Why the layers of the rows were chosen, each reason once.
  let reasons: [String]
  /// How many pictures stand side by side on a wide screen, the photo included; many go on a second line.
  let columns: Int
  /// How wide its pictures are shown, for `sizes`.
  let shownSizes: String
  /// The raw values of its maps as JSON that can stand in HTML; `nil` where it has none.
  let values: String?
  /// What readers can take away; `nil` where figures have nothing of the kind.
  private(set) var takeAway: TakeAway?

  /// A name and its value.
  public struct Fact: Hashable, Sendable, TemplateView {
    /// What it is about.
    public let name: String
    /// What is said of it.
    public let value: String
    /// Whether the value is a name in a network, to be set like code.
    let isCode: Bool

    /// Creates a fact.
    public init(_ name: String, _ value: String, isCode: Bool = false) {
      self.name = name
      self.value = value
      self.isCode = isCode
    }
  }

  /// A network's name, and its page.
  public struct ModelName: Hashable, Sendable, TemplateView {
    /// What readers call it.
    let title: String
    /// The address of its page.
    let url: SiteAddress?

    /// Creates a name.
    ///
    /// - Parameter name: that of its card, if it has a page.
    public init(title: String, name: String?) {
      self.title = title
      url = name.map { .file(Page.outputPath(of: .model, slug: $0)) }
    }
  }

  /// Creates a figure.
  ///
  /// - Parameters:
  ///   - number: the block's place on its page, from 1.
  ///   - varies: what makes the rows differ; `nil` where there is one, or where they differ by several axes.
  ///   - rows: the rows.
  ///   - facts: what all rows have in common.
  ///   - models: the networks.
  ///   - caption: what is written under the figure.
  ///   - notes: warnings about the whole figure, in full sentences.
  ///   - maps: the raw values of its maps.
  ///   - takeAway: what readers can take away.
  public init(
    number: Int, varies: FigureAxis? = nil, rows: [Row], facts: [Fact] = [], models: [ModelName],
    caption: String? = nil, notes: [String] = [], maps: FigureMaps? = nil, takeAway: TakeAway? = nil
  ) {
    id = PageIDs.figure(number)
    self.number = number
    self.varies = rows.count > 1 ? varies?.rawValue ?? "mixed" : nil
    self.rows = rows
    self.facts = facts
    self.caption = caption
    self.notes = notes
    self.models = models
    reasons = rows.compactMap(\.reason).uniqued()
    let pictures = rows.map { ($0.photo == nil ? 0 : 1) + $0.panels.count }.max() ?? 0
    columns = pictures <= 5 ? pictures : (pictures + 1) / 2
    // As the style sheet has it: at most 24rem of 74rem; on a phone two side by side, and a photo that is over alone.
    let narrow = columns <= 5 && columns % 2 == 1 ? "100vw" : "50vw"
    shownSizes = "(max-width: 44rem) \(narrow), \(min(24, 74 / max(columns, 1)))rem"
    values = maps.flatMap(\.json)
    self.takeAway = takeAway
  }

  /// The figure as it stands on a page.
  func on(
    _ page: Page, _ id: FigureRequest.ID, of configuration: SiteConfiguration, _ strings: Strings
  ) -> Figure {
    var figure = self
    figure.takeAway = takeAway?.on(page, figure: id, of: configuration, strings)
    return figure
  }

  /// The figure of a picture of a collection as it stands on the picture's page.
  ///
  /// - Parameters:
  ///   - page: the page of the collection.
  ///   - picture: that of the picture.
  func on(
    _ page: Page, picture: LinkContext, of configuration: SiteConfiguration, _ strings: Strings
  ) -> Figure {
    var figure = self
    figure.takeAway = takeAway?.on(page, picture: picture, of: configuration, strings)
    return figure
  }

  /// The figure without what is offered to be taken away.
  var alone: Figure {
    var figure = self
    figure.takeAway = nil
    return figure
  }
}
