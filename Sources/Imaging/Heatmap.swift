import Diagnostics

/// A saliency map: one value a cell.
public struct Heatmap: Equatable, Sendable {
  /// Columns, at least 1.
  public let width: Int
  /// Rows, at least 1.
  public let height: Int
  /// The values, row by row from the top left: [height, width].
  public let values: [Float]

  /// Creates a map from its values.
  ///
  /// - Throws: a `Diagnostic` if a side is not positive, or the count of values is not `width` × `height`.
  public init(width: Int, height: Int, values: [Float]) throws {
    try Image.checkSize(width: width, height: height)
    guard values.count == width * height else {
      throw Diagnostic.error("A map of \(width) × \(height) cells has \(width * height) values, not \(values.count).")
    }
    self.init(uncheckedWidth: width, height: height, values: values)
  }

  /// Creates a map whose size is known to be right.
  init(uncheckedWidth width: Int, height: Int, values: [Float]) {
    self.width = width
    self.height = height
    self.values = values
  }

  /// Whether every cell is a number and none infinite. Of any other map nothing can be said or shown.
  public var isFinite: Bool { values.allSatisfy(\.isFinite) }

  /// Whether no cell is above zero: the map points nowhere. A map that is not finite is not blank.
  public var isBlank: Bool { isFinite && maximum <= 0 }

  /// The map divided by its maximum, so that the highest cell is 1.
  ///
  /// Every cell of a blank map becomes 0. A map that is not finite has no maximum, and every cell becomes NaN.
  public func normalized() -> Heatmap {
    guard isFinite else { return mapValues { _ in .nan } }
    let maximum = maximum
    return mapValues { maximum > 0 ? max($0 / maximum, -.greatestFiniteMagnitude) : 0 }
  }

  /// The map with each value replaced.
  public func mapValues(_ transform: (Float) -> Float) -> Heatmap {
    Heatmap(uncheckedWidth: width, height: height, values: values.map(transform))
  }

  /// The highest value, 0 if there is none above.
  private var maximum: Float { values.reduce(0, max) }
}
