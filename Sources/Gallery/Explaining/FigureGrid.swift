import NeuralNetwork
import Saliency
import Site

/// The cells of a figure in rows and columns.
///
/// A cell has a place along six axes: picture, inputs, network, class or other target, layer, method. One axis runs across the figure, and the others down,
/// the later ones faster.
struct FigureGrid {
  /// One cell.
  struct Cell {
    /// The place along each axis, counted from 0.
    fileprivate let places: [FigureAxis: Int]
    let part: PartOfFigure
    let photo: FigureRecord.Picture
    /// The row of the part's record that it belongs to.
    let row: FigureRecord.Row
    /// The target layer and why it is this one, where a method of the figure looks at one.
    let layer: (layer: Layer, choice: LayerChoice)?
    let method: Saliency.Method
    /// `nil` where there is nothing but a finding.
    let panel: FigureRecord.Panel?
    /// The networks that it tells apart, where it is the difference of their maps.
    var difference: (first: String, second: String)?

    /// What a reader sees of its place along an axis.
    func title(_ axis: FigureAxis, in strings: Strings) -> String {
      switch axis {
      case .pictures: part.plan.request.image.value.name
      case .inputs: part.plan.inputs.map(\.text).joined(separator: " · ")
      case .models: difference == nil ? part.model.title : strings(.difference)
      case .classes: label
      case .layers: layer?.layer.name ?? ""
      case .methods: strings.title(of: method.name)
      }
    }

    /// What readers call what it explains.
    var label: String { part.plan.label(of: row.subject, part.model.labels) }

    /// The target that it explains.
    var target: Target { part.plan.target(of: row.subject) }

    /// What its files are called, but for the hash of their bytes.
    var fileName: String {
      var name = "\(target.fileName)-\(method.id)"
      if method.needsLayer, part.plan.layers.count > 1, let layer { name += "-\(FileNames.plain(layer.layer.name))" }
      return difference == nil ? name : name + "-difference"
    }

    /// Where it stands across the figure, counted from 0.
    func place(along axis: FigureAxis) -> Int { places[axis] ?? 0 }
  }

  /// The axis that runs across.
  let columns: FigureAxis
  /// The axes along which there is more than one place, without the one that runs across: what tells rows apart.
  let varying: [FigureAxis]
  /// The cells, row by row; in each at least one, from left to right.
  let rows: [[Cell]]
  /// The maps of two networks that can be subtracted.
  let pairs: [MapPair]
  /// Whether there are maps of two networks that cannot, since they lie over the picture in other ways.
  let hasUnlikeMaps: Bool

  /// - Parameters:
  ///   - figure: the figure.
  ///   - records: each of its parts.
  ///   - differences: those of the maps of two networks, by the keys of their pairs.
  init(
    _ figure: WholeFigure, _ records: [FigureRecord], differences: [StoreKey: FigureRecord.Panel] = [:]
  ) {
    let pictures = figure.parts.map { $0.plan.request.image.value.path }.withoutRepetitions
    let models = figure.parts.map { $0.plan.request.model.value }.withoutRepetitions
    let inputs = figure.parts.map { $0.plan.request.inputs }.withoutRepetitions
    var cells: [Cell] = []
    var subjects = Subjects()
    for (part, record) in zip(figure.parts, records) {
      let plan = part.plan
      let layerCount = max(plan.layers.count, 1)
      subjects.begin()
      for (position, row) in record.rows.enumerated() {
        if position.isMultiple(of: layerCount) { subjects.take(plan.label(of: row.subject, part.model.labels)) }
        for (index, method) in plan.methods.enumerated() {
          cells.append(
            Cell(
              places: [
                .pictures: pictures.firstIndex(of: plan.request.image.value.path) ?? 0,
                .inputs: inputs.firstIndex(of: plan.request.inputs) ?? 0,
                .models: models.firstIndex(of: plan.request.model.value) ?? 0,
                .classes: subjects.place, .layers: row.layer ?? 0, .methods: index,
              ], part: part, photo: record.photo, row: row, layer: row.layer.map { plan.layers[$0] },
              method: method, panel: row.panels.first { $0.method == index }))
        }
      }
    }
    let both = models.count == 2 ? Self.compared(cells) : []
    let compared = both.map { ($0.0, $0.1, MapPair($0.0, $0.1)) }
    pairs = compared.compactMap(\.2)
    hasUnlikeMaps = compared.contains { $0.2 == nil && $0.0.panel?.map != nil && $0.1.panel?.map != nil }
    cells += compared.compactMap { first, second, pair in
      pair.flatMap { differences[$0.key] }.map { Cell(differenceOf: first, second, $0) }
    }
    func count(_ axis: FigureAxis) -> Int { Set(cells.map { $0.places[axis] }).count }
    columns = figure.request.columns ?? (count(.methods) == 1 && count(.models) > 1 ? .models : .methods)
    let down = FigureAxis.allCases.filter { [columns] in $0 != columns }
    varying = down.filter { count($0) > 1 }
    let places = { (cell: Cell) in down.map { cell.places[$0] ?? 0 } }
    rows = Dictionary(grouping: cells, by: places).sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { [columns] in $0.value.sorted { ($0.places[columns] ?? 0) < ($1.places[columns] ?? 0) } }
  }

  /// The cells of two networks that stand for the same: one picture, one class by its name, one method.
  private static func compared(_ cells: [Cell]) -> [(Cell, Cell)] {
    func place(_ cell: Cell) -> [FigureAxis: Int] { cell.places.filter { $0.key != .models } }
    let seconds = Dictionary(cells.filter { $0.places[.models] == 1 }.map { (place($0), $0) }) { first, _ in first }
    return cells.filter { $0.places[.models] == 0 && $0.method.name.picture.isMap }.compactMap { first in
      seconds[place(first)].map { (first, $0) }
    }
  }
}

extension FigureGrid.Cell {
  /// What the maps of two networks differ by, behind both.
  fileprivate init(differenceOf first: FigureGrid.Cell, _ second: FigureGrid.Cell, _ panel: FigureRecord.Panel) {
    var places = first.places
    places[.models] = 2
    self.init(
      places: places, part: first.part, photo: first.photo, row: first.row, layer: first.layer, method: first.method,
      panel: panel, difference: (first.part.model.title, second.part.model.title))
  }
}

/// Where classes and other targets stand in a figure: what is called the same by several networks stands in one place, though each may
/// rank it elsewhere.
private struct Subjects {
  private struct Name: Hashable {
    let label: String
    /// How often the network had the name before: some have one twice.
    let number: Int
  }

  private var known: [Name: Int] = [:]
  private var met: [String: Int] = [:]
  /// That of the subject that was taken last, counted from 0.
  private(set) var place = 0

  /// Begins with the subjects of another network or picture.
  mutating func begin() { met = [:] }

  mutating func take(_ label: String) {
    let name = Name(label: label, number: met[label, default: 0])
    met[label, default: 0] += 1
    place = known[name] ?? known.count
    known[name] = place
  }
}
