public import Imaging

/// Where a thing really is, at the resolution of a network's input.
public struct TruthMask: Equatable, Sendable {
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Whether each place belongs to the thing, row by row.
  public let isInside: [Bool]

  /// Asks of the middle of each place whether it belongs to the thing.
  ///
  /// - Parameters:
  ///   - input: the picture as the network sees it.
  ///   - contains: tells of a point of the picture, in its pixels.
  public init(of input: PreparedInput, contains: (_ x: Double, _ y: Double) -> Bool) {
    (width, height) = (input.tensor.shape[3], input.tensor.shape[2])
    let region = input.region
    var inside: [Bool] = []
    inside.reserveCapacity(width * height)
    for row in 0..<height {
      let y = Double(region.y) + (Double(row) + 0.5) * Double(region.height) / Double(height)
      for column in 0..<width {
        inside.append(
          contains(Double(region.x) + (Double(column) + 0.5) * Double(region.width) / Double(width), y))
      }
    }
    isInside = inside
  }

  /// The share of all places that belong to it, 0…1: how often a map that points anywhere would hit.
  public var share: Double { Double(isInside.count { $0 }) / Double(max(isInside.count, 1)) }

  /// Whether the map's maximum, the first in row order where there are several, lies inside.
  ///
  /// Source: Zhang et al. 2018, the pointing game, without tolerance.
  public func isPointed(by map: Heatmap) -> Bool {
    guard map.values.count == isInside.count, let maximum = map.values.max(),
      let place = map.values.firstIndex(of: maximum)
    else { return false }
    return isInside[place]
  }

  /// The share of the map's positive values that lies inside, 0…1; 0 for a map without any.
  ///
  /// Source: Wang et al. 2020, the energy-based pointing game.
  public func energy(of map: Heatmap) -> Double {
    guard map.values.count == isInside.count else { return 0 }
    var (inside, all) = (0.0, 0.0)
    for (value, isInside) in zip(map.values, isInside) where value > 0 {
      all += Double(value)
      if isInside { inside += Double(value) }
    }
    return all > 0 ? inside / all : 0
  }
}
