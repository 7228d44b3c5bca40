import Saliency
import Site

/// What is to be said of a row of a figure in words and numbers.
struct RowFacts {
  /// Numbers and names.
  private(set) var facts: [Figure.Fact]
  /// A cell with the verdict of the whole row; `nil` where its cells are about several classes, pictures or networks.
  let verdict: FigureGrid.Cell?
  /// What all of its cells explain, by its name; `nil` where they explain several things.
  let subject: String?
  /// Why this layer, as a full sentence; `nil` where there is none, or several.
  let reason: String?
  /// The layer that all of the row looks at, if it looks at one.
  let layer: String?
  private let first: FigureGrid.Cell?
  private let strings: Strings

  init(_ cells: [FigureGrid.Cell], in strings: Strings) {
    self.strings = strings
    first = cells.first
    let isOne =
      Set(cells.map { "\($0.part.plan.request.id) \($0.target)" }).count == 1
    verdict = isOne && cells.first?.difference == nil ? cells.first : nil
    let labels = Set(cells.map(\.label))
    subject = labels.count == 1 ? labels.first : nil
    facts = []
    if let verdict {
      facts = Self.facts(of: verdict, strings)
    }
    let inputs = Set(cells.map { $0.part.plan.inputs.map { Figure.Fact($0.name, $0.text) } })
    if inputs.count == 1 { facts += inputs.first ?? [] }
    let layers = cells.filter(\.method.needsLayer).compactMap(\.layer)
    let isOneLayer = Set(layers.map(\.layer.name)).count == 1
    reason = isOneLayer ? layers.first.map { $0.choice.sentence(on: $0.layer.name, in: strings) } : nil
    layer = isOneLayer ? layers.first?.layer.name : nil
    if let layer { facts.append(Figure.Fact(strings(.layer), layer, isCode: true)) }
  }

  /// Which of the facts are about inputs beside the picture.
  private static func isAboutInput(_ fact: Figure.Fact, of cell: FigureGrid.Cell?) -> Bool {
    cell?.part.plan.inputs.contains { Figure.Fact($0.name, $0.text) == fact } == true
  }

  /// What the network says of what a cell explains.
  private static func facts(of cell: FigureGrid.Cell, _ strings: Strings) -> [Figure.Fact] {
    switch cell.row.subject {
    case .class(let row):
      let synset = cell.part.model.labels.entries[row.index].synset
      return Figure.Fact.verdict(
        probability: Double(row.probability), logit: Double(row.logit), rank: row.rank, in: strings)
        + [Figure.Fact(strings(.class), "\(row.index)" + (synset.map { " \($0)" } ?? ""))]
    case .target(_, let value):
      return [
        Figure.Fact.value(Double(value), in: strings),
        Figure.Fact(strings(.target), cell.target.description, isCode: true),
      ]
    }
  }

  /// What tells the row from others: its place along the axes that vary. Where none does, it is the class, or what there is
  /// instead where classes stand side by side.
  func label(varying: [FigureAxis], columns: FigureAxis) -> String {
    guard let first else { return "" }
    let order: [FigureAxis] = [.inputs, .classes, .layers, .pictures, .models, .methods]
    // Each question has an answer of its own.
    let named = order.filter { varying.contains($0) || $0 == .classes && varying.contains(.inputs) }
    return (named.isEmpty ? [columns == .classes ? .methods : .classes] : named).map { first.title($0, in: strings) }
      .joined(separator: " · ")
  }

  /// Takes out of all rows what they have in common, to be said once.
  ///
  /// - Parameter varying: the axes that tell the rows apart; the others belong to what is said once.
  static func takeOutCommon(of rows: inout [RowFacts], varying: [FigureAxis]) -> [Figure.Fact] {
    // Differences of maps say nothing of classes.
    let told = rows.filter { $0.first?.difference == nil }
    guard let first = told.first else { return [] }
    var common = first.facts.filter { fact in told.allSatisfy { $0.facts.contains(fact) } }
    for index in rows.indices {
      let row = rows[index].first
      rows[index].facts.removeAll { fact in
        common.contains(fact) || varying.contains(.layers) && fact.name == first.strings(.layer)
          || varying.contains(.inputs) && isAboutInput(fact, of: row)
      }
    }
    // The class has its name in the headings only where it tells them apart.
    if !varying.contains(.classes), let cell = first.verdict,
      common.contains(where: { $0.name == first.strings(.class) })
    {
      common.insert(Figure.Fact(first.strings(.explained), cell.label), at: 0)
    }
    return common
  }
}
