import Saliency
import Site

/// What is to be said of a row of a figure in words and numbers.
struct RowFacts {
  /// Numbers and names.
  private(set) var facts: [Figure.Fact]
  /// A cell with the verdict of the whole row; `nil` where its cells are about several classes, pictures or networks.
  let verdict: FigureGrid.Cell?
  /// Why this layer, as a full sentence; `nil` where there is none, or several.
  let reason: String?
  /// The layer that all of the row looks at, if it looks at one.
  let layer: String?
  private let first: FigureGrid.Cell?

  init(_ cells: [FigureGrid.Cell]) {
    first = cells.first
    let isOne =
      Set(cells.map { "\($0.part.plan.request.id) \($0.verdict.classIndex)" }).count == 1
    verdict = isOne ? cells.first : nil
    facts = []
    if let verdict {
      let row = verdict.verdict
      let synset = verdict.part.model.labels.entries[row.classIndex].synset
      facts =
        Figure.Fact.verdict(probability: Double(row.probability), logit: Double(row.logit), rank: row.rank)
        + [Figure.Fact("Class", "\(row.classIndex)" + (synset.map { " \($0)" } ?? ""))]
    }
    let layers = cells.filter(\.method.needsLayer).compactMap(\.layer)
    let isOneLayer = Set(layers.map(\.layer.name)).count == 1
    reason = isOneLayer ? layers.first?.reason : nil
    layer = isOneLayer ? layers.first?.layer.name : nil
    if let layer { facts.append(Figure.Fact("Layer", layer, isCode: true)) }
  }

  /// What tells the row from others: its place along the axes that vary. Where none does, it is the class, or what there is
  /// instead where classes stand side by side.
  func label(varying: [FigureAxis], columns: FigureAxis) -> String {
    guard let first else { return "" }
    let order: [FigureAxis] = [.classes, .layers, .pictures, .models, .methods]
    let named = order.filter(varying.contains)
    return (named.isEmpty ? [columns == .classes ? .methods : .classes] : named).map(first.title)
      .joined(separator: " · ")
  }

  /// Takes out of all rows what they have in common, to be said once.
  ///
  /// - Parameter varying: the axes that tell the rows apart; the others belong to what is said once.
  static func takeOutCommon(of rows: inout [RowFacts], varying: [FigureAxis]) -> [Figure.Fact] {
    guard let first = rows.first else { return [] }
    var common = first.facts.filter { fact in rows.allSatisfy { $0.facts.contains(fact) } }
    for index in rows.indices {
      rows[index].facts.removeAll { fact in
        common.contains(fact) || varying.contains(.layers) && fact.name == "Layer"
      }
    }
    // The class has its name in the headings only where it tells them apart.
    if !varying.contains(.classes), let cell = first.verdict, common.contains(where: { $0.name == "Class" }) {
      common.insert(Figure.Fact("Explained", cell.label), at: 0)
    }
    return common
  }
}
