import Foundation
import Imaging
import NeuralNetwork
import Saliency
import Site
import Vocabulary

/// A figure as it was computed and painted: everything but its words.
struct FigureRecord: Codable, Sendable {
  /// An encoded picture in the store.
  struct Picture: Codable, Hashable, Sendable {
    /// The hash of the file's bytes.
    let key: StoreKey
    let format: PictureFormat
    let width: Int
    let height: Int
  }

  /// A panel of a row.
  struct Panel: Codable, Sendable {
    /// Which of the figure's methods made it.
    let method: Int
    let picture: Picture
    let isHeatmap: Bool
    /// The box found, for methods that find one.
    let box: FoundBox?
    /// What there is to know where the method has nothing to show.
    let finding: Finding?
  }

  /// A class, at a layer where there are several.
  struct Row: Codable, Sendable {
    /// c, counted from 0.
    let classIndex: Int
    let logit: Float
    let probability: Float
    let rank: Int
    /// Which of the figure's layers was looked at.
    let layer: Int?
    let panels: [Panel]
    /// Why methods have no picture.
    let findings: [Finding]
  }

  let photo: Picture
  let rows: [Row]

  /// Every picture, in the order in which a page shows them.
  var pictures: [Picture] { [photo] + rows.flatMap { $0.panels.map(\.picture) } }
}

extension FigureRecord {
  /// The key of a figure's record.
  ///
  /// - Parameter run: stands for the network, its input and the picture.
  static func key(_ figure: PlannedFigure, run: StoreKey) -> StoreKey {
    let request = figure.request
    let classes =
      switch figure.classes {
      case .indices(let indices): "classes \(indices)"
      case .top(let count): "top \(count)"
      }
    let boxes = figure.boxes.map { "\($0.classIndex ?? -1) \($0.box.x) \($0.box.y) \($0.box.width) \($0.box.height)" }
    return StoreKey(
      "figure",
      [
        PanelPainter.fingerprint, run.hex, classes, request.colormap.rawValue, String(request.opacity),
        String(request.threshold), boxes.joined(separator: ", "),
        figure.methods.map(\.id).joined(separator: ", "),
      ] + figure.layers.flatMap { [$0.layer.name, $0.layer.tensor] })
  }

  /// The record of a figure in `store`, if it is there with all its pictures.
  ///
  /// - Parameter run: stands for the network, its input and the picture.
  static func read(
    _ figure: PlannedFigure, run: StoreKey, facts: NetworkFacts, from store: Store
  ) -> FigureRecord? {
    guard let bytes = store.read(.figures, key(figure, run: run)),
      let record = try? JSONDecoder().decode(FigureRecord.self, from: Data(bytes)),
      record.answers(figure, classCount: facts.classCount),
      record.pictures.allSatisfy({ store.has(.pictures, $0.key) })
    else { return nil }
    return record
  }

  /// Whether the record has the rows and panels that the figure asks for, with numbers that can be.
  private func answers(_ figure: PlannedFigure, classCount: Int) -> Bool {
    let layers: [Int?] = figure.layers.isEmpty ? [nil] : figure.layers.indices.map(Optional.some)
    let areRowsSound = zip(rows, rows.indices).allSatisfy { row, position in
      (0..<classCount).contains(row.classIndex) && (1...classCount).contains(row.rank) && row.logit.isFinite
        && (0...1.001).contains(row.probability) && row.layer == layers[position % layers.count]
        && row.panels.allSatisfy { figure.methods.indices.contains($0.method) }
    }
    guard areRowsSound, pictures.allSatisfy({ NetworkFacts.isSize([$0.width, $0.height]) }) else { return false }
    switch figure.classes {
    case .indices(let classes): return rows.map(\.classIndex) == classes.flatMap { index in layers.map { _ in index } }
    case .top(let count): return rows.count == min(count, classCount) * layers.count
    }
  }

  func write(_ key: StoreKey, to store: Store) throws {
    try store.write(.figures, key, Array(JSONEncoder().encode(self)))
  }
}
