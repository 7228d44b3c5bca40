public import Vocabulary

/// The 256 entries that matplotlib has under the same name.
extension Colormap {
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
    case .coolwarm: Self.coolwarmTable
    }
  }

  private static let turboTable = decoded(ColormapTables.turbo)
  private static let viridisTable = decoded(ColormapTables.viridis)
  private static let infernoTable = decoded(ColormapTables.inferno)
  private static let magmaTable = decoded(ColormapTables.magma)
  private static let coolwarmTable = decoded(ColormapTables.coolwarm)
  private static let grayTable = ramps([(0, 0), (1, 1)], [(0, 0), (1, 1)], [(0, 0), (1, 1)])
  private static let jetTable = ramps(
    [(0, 0), (0.35, 0), (0.66, 1), (0.89, 1), (1, 0.5)],
    [(0, 0), (0.125, 0), (0.375, 1), (0.64, 1), (0.91, 0), (1, 0)],
    [(0, 0.5), (0.11, 1), (0.34, 1), (0.65, 0), (1, 0)])

  private static func decoded(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.utf8.map { $0 < UInt8(ascii: "a") ? $0 - UInt8(ascii: "0") : $0 - UInt8(ascii: "a") + 10 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  /// A corner of a ramp; both parts run from 0 to 1.
  private typealias Corner = (position: Double, level: Double)

  /// 256 colours whose channels are linear between corners.
  ///
  /// The order of operations, and the truncation at the end, are matplotlib's: without them one entry in ten is a level
  /// off.
  private static func ramps(_ channels: [Corner]...) -> [UInt8] {
    (0..<256).flatMap { entry in
      channels.map { corners in
        let position = Double(entry) * (1 / 255) * 255
        let upper = corners.firstIndex { $0.position * 255 >= position } ?? corners.count - 1
        guard upper > 0 else { return UInt8(corners[0].level * 255) }
        let (from, to) = (corners[upper - 1], corners[upper])
        let fraction = (position - from.position * 255) / (to.position * 255 - from.position * 255)
        return UInt8((fraction * (to.level - from.level) + from.level) * 255)
      }
    }
  }
}
