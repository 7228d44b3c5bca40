import Foundation
import Vocabulary

/// What the `figure` template sees.
struct FigureContext: Sendable {
  /// The figure's id on its page.
  let id: String
  /// The figure's number on its page, from 1.
  let number: Int
  let rows: [RowContext]
  let caption: String?
  let notes: [String]
  let model: LinkContext?
  let modelTitle: String
  /// Why the layers of the rows were chosen, each reason once.
  let reasons: [String]
  /// The colour maps to explain, by name.
  let legends: [String]
  /// How many pictures stand side by side on a wide screen, the photo included; many go on a second line.
  let columns: Int

  init(_ view: FigureView, number: Int, modelPages: [String: String], linker: PageLinker) {
    id = PageIDs.figure(number)
    self.number = number
    rows = view.rows.enumerated().map { index, row in
      RowContext(
        row, id: PageIDs.row(index + 1, ofFigure: number), photo: view.photo, isFirst: index == 0, linker: linker)
    }
    caption = view.caption
    notes = view.notes
    modelTitle = view.modelTitle
    model = view.modelName.flatMap { modelPages[$0] }
      .map { LinkContext(title: view.modelTitle, url: linker.link(to: $0)) }
    legends = view.rows.flatMap(\.panels).compactMap { $0.colormap?.rawValue }.uniqued()
    reasons = view.rows.compactMap(\.layerReason).uniqued()
    let pictures = 1 + (view.rows.map(\.panels.count).max() ?? 0)
    columns = pictures <= 5 ? pictures : (pictures + 1) / 2
  }
}

/// A row of a figure.
struct RowContext: Sendable {
  let id: String
  let label: String
  let index: Int
  let synset: String?
  let rank: Int?
  let logit: String
  let probability: String?
  let layer: String?
  let photo: PictureContext
  let panels: [PanelContext]
  let notes: [String]

  init(_ row: RowView, id: String, photo: PictureView, isFirst: Bool, linker: PageLinker) {
    self.id = id
    label = row.label
    index = row.index
    synset = row.synset
    rank = row.rank
    logit = Self.signed(row.logit)
    probability = row.probability.map(Self.percent)
    layer = row.layer
    // The photo is told once; beside the other rows it only helps the eye to compare.
    var photo = photo
    if !isFirst { photo.alt = "" }
    self.photo = PictureContext(photo, url: linker.link(to: photo.path))
    panels = row.panels.map { PanelContext($0, linker: linker) }
    notes = row.notes
  }

  /// Two digits after the point, with a true minus sign.
  private static func signed(_ number: Double) -> String {
    let digits = String(format: "%.2f", abs(number))
    return number < 0 && digits != "0.00" ? "\u{2212}" + digits : digits
  }

  /// A share as a percentage: one digit after the point, `< 0.1 %` for less.
  private static func percent(_ share: Double) -> String {
    share > 0 && share < 0.0005 ? "<\u{2009}0.1\u{2009}%" : String(format: "%.1f", share * 100) + "\u{2009}%"
  }
}

/// A panel of a row.
struct PanelContext: Sendable {
  let title: String
  let method: String
  let note: String?
  let picture: PictureContext

  init(_ panel: PanelView, linker: PageLinker) {
    title = panel.method.title
    method = panel.method.id
    note = panel.note
    picture = PictureContext(panel.picture, url: linker.link(to: panel.picture.path))
  }
}
