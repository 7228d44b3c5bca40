import Files
import Foundation
import NeuralNetwork
import Saliency
import Site

extension PageFigures {
  /// What readers can take away of a figure.
  mutating func takeAway(
    _ figure: WholeFigure, _ records: [FigureRecord], _ grid: FigureGrid
  ) -> Figure.TakeAway {
    let request = figure.request
    let cells = grid.rows.flatMap { $0 }
    var downloads: [Figure.TakeAway.Download] = []
    for cell in cells {
      guard let panel = cell.panel else { continue }
      let title = (grid.varying + [grid.columns]).map { cell.title($0, in: strings) }.joined(separator: " · ")
      downloads.append(
        Figure.TakeAway.Download(
          title: title, picture: view(of: panel.picture, name: cell.fileName, alt: "", request),
          overlay: panel.overlay.map { view(of: $0, name: cell.fileName + "-map", alt: "", request) },
          array: panel.array.map { path(of: $0, name: cell.fileName, "npy", request) }))
    }
    let manifest = request.pictureFolder + "/manifest.json"
    // JSON can hold everything in it: records with numbers that are not finite are never made, nor read.
    if let bytes = try? self.manifest(figure, cells).json {
      files.append(File(path: manifest, contents: .bytes(bytes), origin: request.location.description))
    }
    let reproduction = Reproduction(figure: figure, records: records)
    let paths = paths
    return Figure.TakeAway(
      files: downloads, manifest: manifest, command: reproduction.command,
      check: reproduction.check(
        array: { $0.panel?.array.flatMap { paths[$0] }.map { $0.split(separator: "/").last.map(String.init) ?? "" } },
        in: grid), of: request.picture == nil ? request.id : nil)
  }

  private func manifest(_ figure: WholeFigure, _ cells: [FigureGrid.Cell]) -> FigureManifest {
    FigureManifest(
      parts: figure.parts.map { part in
        let request = part.plan.request
        return FigureManifest.Part(
          image: request.image.value.path, imageHash: hashes?.hash(of: request.image.value.url.path),
          model: request.model.value,
          modelHashes: Dictionary(part.identity.files.map { (PathText.name(of: $0.path), $0.hash) }) { first, _ in first
          },
          input: part.model.facts.inputShape,
          inputs: Dictionary(part.plan.inputs.map { ($0.name, $0.text) }) { first, _ in first },
          cells: cells.filter { $0.part.plan.request.id == request.id && $0.difference == nil }.map(entry))
      })
  }

  private func entry(_ cell: FigureGrid.Cell) -> FigureManifest.Cell {
    let layer = cell.method.needsLayer ? cell.layer?.layer : nil
    func file(_ key: StoreKey?) -> String? { key.flatMap { paths[$0] } }
    var entry = FigureManifest.Cell(
      label: cell.label, method: cell.method.id, layer: layer?.name, tensor: layer?.tensor,
      picture: file(cell.panel?.picture.key), overlay: file(cell.panel?.overlay?.key), array: file(cell.panel?.array),
      box: cell.panel?.box.map { [$0.x, $0.y, $0.width, $0.height] }, finding: cell.panel?.finding?.text)
    switch cell.row.subject {
    case .class(let verdict):
      entry.classIndex = verdict.index
      entry.synset = cell.part.model.labels.entries[verdict.index].synset
      (entry.logit, entry.probability, entry.rank) = (verdict.logit, verdict.probability, verdict.rank)
    case .target(_, let value): (entry.target, entry.value) = (cell.target.description, value)
    }
    return entry
  }
}
