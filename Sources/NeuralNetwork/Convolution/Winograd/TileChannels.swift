/// For each group of tiles that are multiplied together, the channels that at least one of them has something in.
///
/// A rectifier leaves some channels of a picture without a single value, and more of them in a part of it: those cost nothing.
struct TileChannels {
  /// Channels whose numbers have room.
  static let most = 1 << UInt16.bitWidth

  private let buffer: Buffer
  private let groups: Int

  /// Room for the lists.
  init(tiles: Int, channels: Int, on engine: Engine) {
    // No group but the last has fewer than four tiles.
    groups = tiles / 4 + 1
    buffer = engine.pool.buffer(
      byteCount: groups * (MemoryLayout<UInt32>.size + channels * MemoryLayout<UInt16>.size))
  }

  /// How many channels each group has.
  var counts: UnsafeMutablePointer<UInt32> { buffer.address.assumingMemoryBound(to: UInt32.self) }
  /// Their numbers, with room for all of them in each group.
  var numbers: UnsafeMutablePointer<UInt16> {
    (buffer.address + groups * MemoryLayout<UInt32>.size).assumingMemoryBound(to: UInt16.self)
  }
}
