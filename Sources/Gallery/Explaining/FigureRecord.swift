import Foundation
import Imaging
import NeuralNetwork
import Saliency
import Site
import Vocabulary

/// A part of a figure, of one picture under one network, as it was computed and painted: everything but its words.
struct FigureRecord: Codable, Sendable {
  /// An encoded picture in the store.
  struct Picture: Codable, Hashable, Sendable {
    /// The hash of the file's bytes.
    let key: StoreKey
    let format: PictureFormat
    let width: Int
    let height: Int
    /// Smaller copies of it in the same format, the smallest first.
    var sizes: [Size] = []

    /// A smaller copy.
    struct Size: Codable, Hashable, Sendable {
      let key: StoreKey
      let width: Int
      let height: Int
    }

    /// The keys of its files.
    var files: [StoreKey] { [key] + sizes.map(\.key) }

    /// Whether its numbers can be.
    fileprivate var isSound: Bool {
      NetworkFacts.isSize([width, height])
        && sizes.allSatisfy { NetworkFacts.isSize([$0.width, $0.height]) && $0.width < width }
    }
  }

  /// A panel of a row.
  struct Panel: Codable, Sendable {
    /// Which of the figure's methods made it.
    let method: Int
    /// All that it shows in one picture.
    let picture: Picture
    /// The map in colours alone.
    var overlay: Picture?
    /// The raw values as a .npy file in the store.
    var array: StoreKey?
    /// The map, where it is small enough to stand in a page.
    var map: PlacedMap?
    /// The value that the strongest colour stands for on a scale of the map's own.
    var strength: Float?
    /// The values that the ends of the colours stand for.
    var range: ClosedRange<Double>?
    /// Boxes on the photo.
    var boxes: [DrawnBox] = []
    /// The box found, for methods that find one.
    let box: FoundBox?
    /// How far it may be trusted, where that was asked for and there is something to measure.
    var evidence: MapEvidence?
    /// What there is to know where the method has nothing to show.
    let finding: Finding?

    /// The keys of everything that stores keep under the hash of its bytes.
    var files: [StoreKey] {
      [picture, overlay].compactMap(\.self).flatMap(\.files) + [array].compactMap(\.self)
    }
  }

  /// What a row is about.
  enum Subject: Codable, Hashable, Sendable {
    case `class`(Verdict)
    /// One of the figure's targets, by its position among them, and its value.
    case target(Int, value: Float)
  }

  /// What the network says of a class.
  struct Verdict: Codable, Hashable, Sendable {
    /// c, counted from 0.
    let index: Int
    let logit: Float
    let probability: Float
    let rank: Int
  }

  /// A class or another target, at a layer where there are several.
  struct Row: Codable, Sendable {
    let subject: Subject
    /// Which of the figure's layers was looked at.
    let layer: Int?
    let panels: [Panel]
    /// Why methods have no picture, and what is to be known beside those that have one.
    let findings: [Finding]

    /// What the network says of the class, where the row is about one.
    var verdict: Verdict? { if case .class(let verdict) = subject { verdict } else { nil } }

    /// Which of the figure's targets it is about, where it is about one.
    var target: Int? { if case .target(let position, _) = subject { position } else { nil } }
  }

  let photo: Picture
  let rows: [Row]
  /// What is to be said of the picture as the network is given it.
  var findings: [Finding] = []

  /// Every picture, in the order in which a page shows them.
  var pictures: [Picture] {
    [photo] + rows.flatMap { $0.panels.flatMap { [$0.picture, $0.overlay].compactMap { $0 } } }
  }

  /// The keys of everything that stores keep under the hash of its bytes.
  var files: [StoreKey] { photo.files + rows.flatMap { $0.panels.flatMap(\.files) } }

  /// The highest strength of the maps of each method.
  func strengths(of figure: PlannedFigure) -> [Saliency.Method: Float] {
    let found = rows.flatMap(\.panels).compactMap { panel in
      panel.strength.map { (figure.methods[panel.method], $0) }
    }
    return Dictionary(found, uniquingKeysWith: max)
  }
}

extension FigureRecord {
  /// The key of a figure's record.
  ///
  /// - Parameter run: stands for the network, its input and the picture.
  static func key(_ figure: PlannedFigure, run: StoreKey) -> StoreKey {
    let request = figure.request
    let boxes = figure.boxes.map { "\($0.classIndex ?? -1) \($0.box.x) \($0.box.y) \($0.box.width) \($0.box.height)" }
    let limits =
      figure.limits.map { limits in
        limits.map { "\($0.key) \($1.bitPattern)" }.sorted().joined(separator: ", ")
      } ?? ""
    return StoreKey(
      "figure",
      [
        PanelPainter.fingerprint, PictureSizes.key, run.hex, figure.classes.key, request.colormap.rawValue,
        String(request.opacity), request.blend.rawValue, request.scale.rawValue, request.arrays.rawValue, limits,
        String(request.threshold),
        boxes.joined(separator: ", "), figure.targets.flatMap { $0.target.parameters }.joined(separator: " "),
        figure.methods.map(\.key).joined(separator: ", "),
      ] + figure.layers.flatMap { [$0.layer.name, $0.layer.tensor] } + (request.measuresEvidence ? ["evidence"] : []))
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
      record.files.allSatisfy({ store.has(.pictures, $0) })
    else { return nil }
    return record
  }

  /// Whether the record has the rows and panels that the figure asks for, with numbers that can be.
  private func answers(_ figure: PlannedFigure, classCount: Int) -> Bool {
    let layers: [Int?] = figure.layers.isEmpty ? [nil] : figure.layers.indices.map(Optional.some)
    let areRowsSound = zip(rows, rows.indices).allSatisfy { row, position in
      row.subject.isSound(classCount: classCount) && row.layer == layers[position % layers.count]
        && row.panels.allSatisfy { figure.methods.indices.contains($0.method) && $0.isSound }
    }
    guard areRowsSound, pictures.allSatisfy(\.isSound) else { return false }
    let targetRows = figure.targets.indices.flatMap { position in layers.map { _ in Int?.some(position) } }
    let targets = rows.map(\.target)
    let classes = rows.dropLast(targetRows.count).map(\.verdict?.index)
    guard rows.count >= targetRows.count, targets == classes.map { _ in nil } + targetRows else { return false }
    // Each stands at all layers.
    let indices = stride(from: 0, to: classes.count, by: layers.count).compactMap { classes[$0] }
    return classes == indices.flatMap { index in layers.map { _ in Int?.some(index) } }
      && figure.classes.canBe(indices, classCount: classCount)
  }

  /// Writes the record to `store`.
  func write(_ key: StoreKey, to store: Store) throws {
    try store.write(.figures, key, Array(JSONEncoder().encode(self)))
  }
}

extension FigureRecord.Panel {
  /// The longest side of a map whose values stand in a page.
  static let mostCells = 64

  /// Whether its numbers can be.
  var isSound: Bool {
    let isMapSound =
      map.map { map in
        (1...Self.mostCells).contains(map.width) && (1...Self.mostCells).contains(map.height)
          && map.values.count == map.width * map.height && map.values.allSatisfy(\.isFinite) && map.view.count == 4
          && map.view.allSatisfy(\.isFinite)
      } ?? true
    return isMapSound && strength?.isFinite != false
      && range.map { $0.lowerBound.isFinite && $0.upperBound.isFinite } != false
  }
}

extension FigureRecord.Subject {
  /// Whether its numbers can be.
  fileprivate func isSound(classCount: Int) -> Bool {
    switch self {
    case .class(let verdict):
      (0..<classCount).contains(verdict.index) && (1...classCount).contains(verdict.rank) && verdict.logit.isFinite
        && (0...1.001).contains(verdict.probability)
    case .target(_, let value): value.isFinite
    }
  }
}
