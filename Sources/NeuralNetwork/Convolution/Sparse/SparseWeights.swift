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

  /// - Parameters:
  ///   - channels: what is read.
  ///   - columns: what comes out.
  ///   - widest: vectors of eight columns that a block has at most.
  ///   - weight: the weight of a tap, channel and column.
  @inline(__always)
  init(
    taps: Int, channels: Int, columns: Int, widest: Int, on engine: Engine, weight: (Int, Int, Int) -> Float
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
    Threads.forEach(taps * blocks * tasks) { item in
      let (panel, task) = item.quotientAndRemainder(dividingBy: tasks)
      let (tap, block) = panel.quotientAndRemainder(dividingBy: blocks)
      let first = task * Self.channelsOfTask
      let start = self.vectors(ofBlock: block).lowerBound * 8
      for channel in first..<min(first + Self.channelsOfTask, channels) {
        let row = target + (panel * channels + channel) * width
        for column in 0..<width {
          row[column] = start + column < columns ? weight(tap, channel, start + column) : 0
        }
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
