/// A scale of colours for values from 0 to 1, with the 256 entries that matplotlib has under the same name.
public enum Colormap: String, CaseIterable, Sendable {
  case turbo, jet, viridis, inferno, magma, gray

  /// The colour of a value: entry ⌊256 · value⌋, the first below 0 (and for NaN), the last from 1 on.
  public func color(at value: Float) -> RGB {
    let entry = Self.entry(of: value) * 3
    return (table[entry], table[entry + 1], table[entry + 2])
  }

  /// The number of the table entry for a value: 0…255.
  static func entry(of value: Float) -> Int {
    // In this order NaN becomes 0.
    Int(min(max(0, value * 256), 255))
  }

  /// 256 colours: [256, 3].
  var table: [UInt8] {
    switch self {
    case .turbo: Self.turboTable
    case .jet: Self.jetTable
    case .viridis: Self.viridisTable
    case .inferno: Self.infernoTable
    case .magma: Self.magmaTable
    case .gray: Self.grayTable
    }
  }

  private static let turboTable = decoded(ColormapTables.turbo)
  private static let viridisTable = decoded(ColormapTables.viridis)
  private static let infernoTable = decoded(ColormapTables.inferno)
  private static let magmaTable = decoded(ColormapTables.magma)
  private static let grayTable = sampled { position in [position, position, position] }

  /// Three ramps, each linear between its corners (position, level).
  private static let jetTable = sampled { position in
    [
      interpolated(at: position, [(0, 0), (0.35, 0), (0.66, 1), (0.89, 1), (1, 0.5)]),
      interpolated(at: position, [(0, 0), (0.125, 0), (0.375, 1), (0.64, 1), (0.91, 0), (1, 0)]),
      interpolated(at: position, [(0, 0.5), (0.11, 1), (0.34, 1), (0.65, 0), (1, 0)]),
    ]
  }

  private static func decoded(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.utf8.map { $0 < UInt8(ascii: "a") ? $0 - UInt8(ascii: "0") : $0 - UInt8(ascii: "a") + 10 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  /// Calls `levels` for 256 positions from 0 to 1; levels become bytes by truncation, as in matplotlib.
  private static func sampled(_ levels: (Double) -> [Double]) -> [UInt8] {
    (0..<256).flatMap { levels(Double($0) / 255).map { UInt8($0 * 255) } }
  }

  private static func interpolated(at position: Double, _ corners: [(position: Double, level: Double)]) -> Double {
    let upper = corners.firstIndex { $0.position >= position } ?? corners.count - 1
    guard upper > 0 else { return corners[0].level }
    let (from, to) = (corners[upper - 1], corners[upper])
    return from.level + (to.level - from.level) * (position - from.position) / (to.position - from.position)
  }
}
