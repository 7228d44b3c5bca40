import Foundation
import Imaging
import Network
import Saliency
import Site

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
    /// The method's name.
    let method: String
    let picture: Picture
    let isHeatmap: Bool
    let remark: String?
    let warning: String?
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
  }

  let photo: Picture
  let rows: [Row]

  /// Every picture, in the order in which a page shows them.
  var pictures: [Picture] { [photo] + rows.flatMap { $0.panels.map(\.picture) } }
}

extension FigureRecord {
  /// Raise it with every change after which a picture looks different.
  private static let painterVersion = "1"

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
        painterVersion, run.hex, classes, request.colormap.rawValue, String(request.opacity),
        String(request.threshold), boxes.joined(separator: ", "),
        figure.methods.map(\.rawValue).joined(separator: ", "),
      ] + figure.layers.flatMap { [$0.layer.name, $0.layer.tensor] })
  }

  /// The record of `key` in `store`, if it is there with all its pictures.
  static func read(_ key: StoreKey, from store: Store) -> FigureRecord? {
    guard let bytes = store.read(.figures, key),
      let record = try? JSONDecoder().decode(FigureRecord.self, from: Data(bytes)),
      record.pictures.allSatisfy({ store.has(.pictures, $0.key) })
    else { return nil }
    return record
  }

  func write(_ key: StoreKey, to store: Store) throws {
    try store.write(.figures, key, Array(JSONEncoder().encode(self)))
  }
}
