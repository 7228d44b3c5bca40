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

  /// Whether no cell is above zero: the map points nowhere.
  public var isBlank: Bool { maximum <= 0 }

  /// The map divided by its maximum, so that the highest cell is 1.
  ///
  /// Infinite values and NaN become 0; so does every cell of a blank map.
  public func normalized() -> Heatmap {
    let maximum = maximum
    return Heatmap(
      uncheckedWidth: width, height: height,
      values: values.map { value in
        let quotient = value / maximum
        return maximum > 0 && value.isFinite && quotient.isFinite ? quotient : 0
      })
  }

  /// The map with each value replaced.
  public func mapValues(_ transform: (Float) -> Float) -> Heatmap {
    Heatmap(uncheckedWidth: width, height: height, values: values.map(transform))
  }

  /// The highest finite value, 0 if there is none above.
  private var maximum: Float {
    values.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
  }
}
