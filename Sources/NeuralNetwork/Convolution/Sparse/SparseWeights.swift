import CKernels

/// Weights for products with sparse pixels: for each tap of a kernel and each block of columns a row for each channel that is
/// read. Rows come in panels.
struct SparseWeights {
  /// Weights that are read together.
  struct Panel {
    let address: UnsafePointer<Float>
    let byteCount: Int

    /// What a kernel asks for while it goes through so many lists, so that the panel is there when they are done.
    func next(after listCount: Int) -> sparse_next {
      let lines = (byteCount + 63) / 64
      return sparse_next(
        address: UnsafeRawPointer(address).assumingMemoryBound(to: CChar.self),
        lines: (lines + listCount - 1) / listCount)
    }
  }

  /// Rows of a panel: so many stay in a core's first cache, 64 wide.
  static let panelHeight = 128
  /// Columns of a panel.
  let width: Int
  /// Blocks of columns.
  let blocks: Int
  /// Panels of a tap and block.
  var parts: Int { (channels + Self.panelHeight - 1) / Self.panelHeight }
  private let channels: Int
  private let vectors: Int
  private let buffer: Buffer

  /// How far apart the weights lie that are packed, in elements.
  struct Steps {
    let tap, channel, column: Int
  }

  /// - Parameters:
  ///   - channels: what is read.
  ///   - columns: what comes out.
  ///   - widest: vectors of eight columns that a block has at most.
  ///   - weights: plain, perhaps at an odd address.
  ///   - steps: from one tap, channel and column of `weights` to the next.
  init(
    taps: Int, channels: Int, columns: Int, widest: Int, of weights: Memory, in steps: Steps, on engine: Engine
  ) {
    let vectors = (columns + 7) / 8
    let least = (vectors + widest - 1) / widest
    // Even, so that two cores have the same to do.
    let blocks = least > 1 ? (least + 1) / 2 * 2 : 1
    let width = (vectors + blocks - 1) / blocks * 8
    (self.width, self.blocks, self.channels, self.vectors) = (width, blocks, channels, vectors)
    buffer = engine.pool.buffer(byteCount: taps * blocks * channels * width * MemoryLayout<Float>.size)
    let target = buffer.address.assumingMemoryBound(to: Float.self)
    let tasks = (channels + Self.channelsOfTask - 1) / Self.channelsOfTask
    // All taps of some weights at once: they lie side by side.
    Threads.forEach(blocks * tasks) { item in
      let (block, task) = item.quotientAndRemainder(dividingBy: tasks)
      let (first, start) = (task * Self.channelsOfTask, self.vectors(ofBlock: block).lowerBound * 8)
      for tap in 0..<taps {
        let place = tap * steps.tap + first * steps.channel + start * steps.column
        sparse_pack(
          // In bytes, since the address may be odd.
          (weights.address + place * MemoryLayout<Float>.size).assumingMemoryBound(to: Float.self), steps.channel,
          steps.column, min(Self.channelsOfTask, channels - first), min(width, columns - start), width,
          target + ((tap * blocks + block) * channels + first) * width)
      }
    }
  }

  /// Rows that a thread packs at a time.
  private static let channelsOfTask = 64

  /// - Parameter part: of the channels that are read.
  func panel(tap: Int = 0, block: Int, part: Int) -> Panel {
    let row = (tap * blocks + block) * channels + part * Self.panelHeight
    return Panel(
      address: UnsafePointer(buffer.address.assumingMemoryBound(to: Float.self)) + row * width,
      byteCount: min(Self.panelHeight, channels - part * Self.panelHeight) * width * MemoryLayout<Float>.size)
  }

  /// The vectors of eight columns in a block: blocks are as even as can be.
  func vectors(ofBlock block: Int) -> Range<Int> {
    (block * vectors / blocks)..<((block + 1) * vectors / blocks)
  }
}
