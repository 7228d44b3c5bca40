import Diagnostics
import Imaging
import NeuralNetwork

/// What is compared of one cell.
enum DriftResult: Sendable {
  case map(Heatmap, isSigned: Bool)
  case box(Rect?)
  /// Nothing is known but the numbers of the target.
  case none

  /// What raw values mean: a map [h, w] as it is, a tensor at the input [C, H, W] as the sum of its channels' magnitudes.
  ///
  /// - Returns: `nil` for any other shape.
  init?(_ array: Tensor, isSigned: Bool) {
    let (shape, values) = (array.shape, array.values)
    let map: Heatmap?
    switch shape.count {
    case 2: map = try? Heatmap(width: shape[1], height: shape[0], values: values)
    case 3:
      let area = shape[1] * shape[2]
      var sums = [Float](repeating: 0, count: area)
      for (place, value) in values.enumerated() { sums[place % area] += abs(value) }
      map = try? Heatmap(width: shape[2], height: shape[1], values: sums)
    default: map = nil
    }
    guard let map else { return nil }
    self = .map(map, isSigned: isSigned && shape.count == 2)
  }
}

/// A picture that a report can show.
enum DriftPicture: Hashable, Sendable {
  case stored(FigureRecord.Picture)
  case file(String)
}

/// What one of the two has of a cell.
struct DriftSide: Sendable {
  /// Where it is from, with what tells it apart from others.
  struct Place: Hashable, Sendable {
    /// The network; the picture; what the network's other inputs are given.
    var network, image, inputs: String
    /// The class's label, or the target.
    var subject: String
    var classIndex: Int?
    var method: String
    var layer: String?
    /// What else tells it from cells that read the same: the figure, or the profile.
    var variant: String
  }

  var place: Place
  /// The logit, or the value of another target.
  let value: Float?
  /// 0…1, of a class.
  var probability: Float?
  /// 1 for the highest logit.
  var rank: Int?
  /// What there is to know where there is little to show.
  var finding: String?
  /// All that the map shows in one picture, and the photo.
  var picture, photo: DriftPicture?
  /// The part of the photo that maps lie over.
  var view = FieldOfView.whole
  /// Reads what is compared.
  let result: @Sendable () throws -> DriftResult
}

/// All that one of the two has.
struct DriftSides: Sendable {
  var cells: [DriftSide] = []
  /// SHA-256 of the pictures' files, by name, where they are known.
  var imageHashes: [String: String] = [:]

  /// Whether people gave the classes names.
  var isNamed: Bool {
    cells.contains { cell in cell.place.classIndex.map { cell.place.subject != "class \($0)" } ?? false }
  }
}
