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

    /// What a reader sees of its place along an axis.
    func title(_ axis: FigureAxis, in strings: Strings) -> String {
      switch axis {
      case .pictures: part.plan.request.image.value.name
      case .inputs: part.plan.inputs.map(\.text).joined(separator: " · ")
      case .models: part.model.title
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
      return name
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

  /// - Parameters:
  ///   - figure: the figure.
  ///   - records: each of its parts.
  init(_ figure: WholeFigure, _ records: [FigureRecord]) {
    let pictures = figure.parts.map { $0.plan.request.image.value.path }.withoutRepetitions
    let models = figure.parts.map { $0.plan.request.model.value }.withoutRepetitions
    let inputs = figure.parts.map { $0.plan.request.inputs }.withoutRepetitions
    var cells: [Cell] = []
    for (part, record) in zip(figure.parts, records) {
      let plan = part.plan
      let layerCount = max(plan.layers.count, 1)
      for (position, row) in record.rows.enumerated() {
        for (index, method) in plan.methods.enumerated() {
          cells.append(
            Cell(
              places: [
                .pictures: pictures.firstIndex(of: plan.request.image.value.path) ?? 0,
                .inputs: inputs.firstIndex(of: plan.request.inputs) ?? 0,
                .models: models.firstIndex(of: plan.request.model.value) ?? 0,
                .classes: position / layerCount, .layers: row.layer ?? 0, .methods: index,
              ], part: part, photo: record.photo, row: row, layer: row.layer.map { plan.layers[$0] },
              method: method, panel: row.panels.first { $0.method == index }))
        }
      }
    }
    func count(_ axis: FigureAxis) -> Int { Set(cells.map { $0.places[axis] }).count }
    columns = figure.request.columns ?? (count(.methods) == 1 && count(.models) > 1 ? .models : .methods)
    let down = FigureAxis.allCases.filter { [columns] in $0 != columns }
    varying = down.filter { count($0) > 1 }
    let places = { (cell: Cell) in down.map { cell.places[$0] ?? 0 } }
    rows = Dictionary(grouping: cells, by: places).sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { [columns] in $0.value.sorted { ($0.places[columns] ?? 0) < ($1.places[columns] ?? 0) } }
  }
}
