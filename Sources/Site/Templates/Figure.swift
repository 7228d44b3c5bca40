/// A figure as a page shows it: what an explain block asked for, in the words and numbers that readers see.
public struct Figure: Sendable, TemplateView {
  /// The figure's id on its page.
  let id: String
  /// The figure's number on its page, from 1.
  let number: Int
  /// A row for each class, or for each layer.
  public let rows: [Row]
  /// What is written under the figure.
  let caption: String?
  /// Warnings about the whole figure, in full sentences.
  let notes: [String]
  /// The page of the network, if it has one.
  let model: LinkContext?
  /// The network's name for readers.
  let modelTitle: String
  /// Why the layers of the rows were chosen, each reason once.
  let reasons: [String]
  /// The colour maps to explain, by name.
  let legends: [String]
  /// How many pictures stand side by side on a wide screen, the photo included; many go on a second line.
  let columns: Int

  /// Creates a figure.
  ///
  /// - Parameters:
  ///   - number: the block's place on its page, from 1.
  ///   - modelTitle: the network's name for readers.
  ///   - modelName: the name of the network's card, if it has a page.
  ///   - rows: a row for each class, or for each layer.
  ///   - caption: what is written under the figure.
  ///   - notes: warnings about the whole figure, in full sentences.
  public init(
    number: Int, modelTitle: String, modelName: String?, rows: [Row], caption: String? = nil, notes: [String] = []
  ) {
    id = PageIDs.figure(number)
    self.number = number
    self.rows = rows
    self.caption = caption
    self.notes = notes
    model = modelName.map {
      LinkContext(title: modelTitle, url: .file(Page.outputPath(of: .model, slug: $0)))
    }
    self.modelTitle = modelTitle
    reasons = rows.compactMap(\.reason).uniqued()
    legends = rows.flatMap(\.panels).compactMap(\.colormap).uniqued()
    let pictures = 1 + (rows.map(\.panels.count).max() ?? 0)
    columns = pictures <= 5 ? pictures : (pictures + 1) / 2
  }
}
