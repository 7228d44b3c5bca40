import CKernels

/// A convolution, or the way back through one, that multiplies only what is not zero.
///
/// Rectifiers leave about half of the activations zero, and of the gradients half, under the guided rule two thirds or more.
/// Leaving them out changes nothing but the time.
struct SparseConvolution: ConvolutionRun {
  let source: Layout
  let destination: Layout
  let isFused = true
  let passesNonFinite = true
  private let taps: SparseTaps
  private let rectifier: ElementwiseFunction?
  private let weights: SparseWeights
  /// Whether each thread should list what it multiplies: where there are tiles enough, with lists that stay in a core's second
  /// cache, and few that two tiles read.
  private let isListedByTile: Bool
  /// Lists that a tile reads at most.
  private let roomOfTile: Int

  /// Vectors of eight columns that a block of weights has at most: two pixels' sums of them stay in registers.
  static let widest = 6

  /// - Parameters:
  ///   - source: what is multiplied, [N, C, H, W]; backward that is the gradient.
  ///   - destination: [N, M, H′, W′].
  ///   - isBackward: whether the window slides over the destination.
  ///   - rectifier: what follows the addition, if anything does.
  ///   - weights: with C channels and M columns, a tap for each element of the kernel.
  init(
    source: [Int], destination: [Int], window: Window, isBackward: Bool,
    rectifier: ElementwiseFunction? = nil, weights: SparseWeights
  ) {
    self.source = Layout(source, .blocked8)
    self.destination = Layout(destination, .blocked8)
    self.rectifier = rectifier
    self.weights = weights
    taps = SparseTaps(
      window: window, source: Array(source[2...]), destination: Array(destination[2...]), isBackward: isBackward,
      tileSize: Self.tileSize)
    let lists = taps.tiles.map { [taps] in taps.lines.lists(of: $0.lines).count }
    roomOfTile = lists.max() ?? 0
    isListedByTile =
      source[0] * taps.tiles.count >= Self.leastTiles
      && roomOfTile * SparsePixels.byteCount(group: SparseLines.group, channels: source[1]) <= Self.cachedBytes
      && lists.reduce(0, +) <= taps.lines.listCount * 5 / 4
  }

  /// Pixels of a tile: enough that the weights pay, few enough to stay in the cache.
  private static let tileSize = 200
  /// Tiles that are enough for the threads to share.
  private static let leastTiles = 4
  /// Bytes of lists that stay in a core's second cache.
  private static let cachedBytes = 400 << 10
  /// Values that are listed at a time, so that the lists stay small beside the network.
  private static let listedCount = 4 << 20

  func execute(
    _ source: Memory, bias: Memory?, addend: Memory?, into destination: Memory, on engine: Engine
  ) throws {
    let pass = Pass(
      source: UnsafePointer(source.floats), address: destination.floats, bias: bias.map { UnsafePointer($0.floats) },
      addend: addend.map { UnsafePointer($0.floats) })
    let count = source.shape[0]
    if isListedByTile {
      runByTiles(pass, pictures: 0..<count, on: engine)
    } else {
      let step = max(1, Self.listedCount / source.shape[1...].reduce(1, *))
      for first in stride(from: 0, to: count, by: step) {
        runByChannels(pass, pictures: first..<min(first + step, count), on: engine)
      }
    }
  }

  /// The operands' addresses.
  private struct Pass {
    let source: UnsafePointer<Float>
    let address: UnsafeMutablePointer<Float>
    let bias: UnsafePointer<Float>?
    let addend: UnsafePointer<Float>?
  }

  /// Each thread lists what a tile reads, and multiplies it while it is in the caches.
  private func runByTiles(_ pass: Pass, pictures: Range<Int>, on engine: Engine) {
    Threads.forEach(pictures.count * taps.tiles.count) {
      room(roomOfTile, on: engine)
    } _: { item, pixels in
      let (picture, number) = item.quotientAndRemainder(dividingBy: taps.tiles.count)
      let tile = taps.tiles[number]
      let offset = -taps.lines.lists(of: tile.lines).lowerBound
      for line in taps.lines.lines[tile.lines] { list(line, of: picture, pass, in: pixels, at: offset) }
      for block in 0..<weights.blocks {
        let place = Place(picture: picture, tile: tile, block: block, nextBlock: (block + 1) % weights.blocks)
        multiply(pixels, at: offset, place, pass)
      }
    }
  }

  /// The threads list all that is read together, and then each takes some of the channels: for weights that come from
  /// memory, and should come once.
  private func runByChannels(_ pass: Pass, pictures: Range<Int>, on engine: Engine) {
    let pixels = room(pictures.count * taps.lines.listCount, on: engine)
    func offset(_ picture: Int) -> Int { (picture - pictures.lowerBound) * taps.lines.listCount }
    let pieces = taps.lines.pieces(of: 64)
    Threads.forEach(pictures.count * pieces.count) { item in
      let (index, piece) = item.quotientAndRemainder(dividingBy: pieces.count)
      let picture = pictures.lowerBound + index
      list(pieces[piece], of: picture, pass, in: pixels, at: offset(picture))
    }
    let threads = Threads.count
    Threads.forEach(pictures.count * taps.tiles.count * weights.blocks) { item in
      let (rest, block) = item.quotientAndRemainder(dividingBy: weights.blocks)
      let (index, tile) = rest.quotientAndRemainder(dividingBy: taps.tiles.count)
      let picture = pictures.lowerBound + index
      let place = Place(
        picture: picture, tile: taps.tiles[tile], block: block, nextBlock: (block + threads) % weights.blocks)
      multiply(pixels, at: offset(picture), place, pass)
    }
  }

  private func room(_ listCount: Int, on engine: Engine) -> SparsePixels {
    SparsePixels(
      listCount: listCount, group: SparseLines.group, channels: source.shape[1], weights: weights, on: engine)
  }

  private func list(
    _ line: SparseLines.Line, of picture: Int, _ pass: Pass, in pixels: SparsePixels, at offset: Int
  ) {
    let plane = source.shape[2] * source.shape[3]
    pixels.list(
      line, of: pass.source + picture * source.shape[1] * plane, plane: plane, step: taps.lines.step, at: offset)
  }

  /// Some pixels of a block of channels.
  private struct Place {
    let picture: Int
    let tile: SparseTaps.Tile
    let block: Int
    /// The block that the same thread computes next, most likely.
    let nextBlock: Int
  }

  /// - Parameter offset: added to the numbers of lists.
  private func multiply(_ pixels: SparsePixels, at offset: Int, _ place: Place, _ pass: Pass) {
    let (result, shift) = (result(place, pass), offset * SparseLines.group)
    if taps.isPointwise {
      multiply(pixels, shift: shift, place, into: result)
    } else {
      convolve(pixels, shift: shift, place, into: result)
    }
  }

  /// A 1×1 kernel: the first panel's products begin the sums, and the last one's end them.
  private func multiply(_ pixels: SparsePixels, shift: Int, _ place: Place, into result: sparse_result) {
    for part in 0..<weights.parts {
      var partial = result
      if part > 0 { partial.accumulates = true }
      if part < weights.parts - 1 { (partial.addend, partial.rectifies) = (nil, false) }
      multiply(pixels, shift: shift, place, part: part, tap: 0) { _ in partial }
    }
  }

  /// Any kernel, tap by tap.
  private func convolve(_ pixels: SparsePixels, shift: Int, _ place: Place, into result: sparse_result) {
    let (targets, vectors) = (place.tile.targets, Int32(weights.vectors(ofBlock: place.block).count))
    var start = result
    (start.addend, start.rectifies) = (nil, false)
    sparse_finish(start, targets.count, vectors)
    var sum = start
    (sum.accumulates, sum.step) = (true, taps.targetStep * 8)
    for part in 0..<weights.parts {
      for tap in place.tile.taps.indices {
        multiply(pixels, shift: shift, place, part: part, tap: tap) { run in
          sum.address = start.address + (run.target - targets.lowerBound) * 8
          return sum
        }
      }
    }
    guard result.addend != nil || result.rectifies else { return }
    var end = result
    end.accumulates = true
    sparse_finish(end, targets.count, vectors)
  }

  /// The products with one panel.
  ///
  /// - Parameters:
  ///   - tap: counted among the tile's.
  ///   - result: where those of a run go.
  private func multiply(
    _ pixels: SparsePixels, shift: Int, _ place: Place, part: Int, tap: Int,
    into result: (SparseTaps.Run) -> sparse_result
  ) {
    let taps = place.tile.taps
    func panel(_ block: Int, _ part: Int, _ tap: Int) -> SparseWeights.Panel {
      weights.panel(tap: taps[tap].number, block: block, part: part)
    }
    let nextPanel =
      tap + 1 < taps.count
      ? panel(place.block, part, tap + 1)
      : part + 1 < weights.parts ? panel(place.block, part + 1, 0) : panel(place.nextBlock, 0, 0)
    var next = nextPanel.next(after: taps[tap].listCount)
    for run in taps[tap].runs {
      pixels.multiply(
        from: run.pixel + shift, count: run.count, part: part, by: panel(place.block, part, tap),
        vectors: weights.vectors(ofBlock: place.block).count, next: &next, into: result(run))
    }
  }

  /// The pixels of a place, one behind the other.
  private func result(_ place: Place, _ pass: Pass) -> sparse_result {
    let (channels, plane) = (destination.shape[1], destination.shape[2] * destination.shape[3])
    let channel = weights.vectors(ofBlock: place.block).lowerBound * 8
    let offset = (place.picture * channels + channel) * plane + place.tile.targets.lowerBound * 8
    let (lower, upper) = rectifier?.limits ?? (-.infinity, .infinity)
    return sparse_result(
      address: pass.address + offset, step: 8, block_step: plane * 8, accumulates: false,
      bias: pass.bias.map { $0 + channel }, addend: pass.addend.map { $0 + offset }, rectifies: rectifier != nil,
      lower: lower, upper: upper)
  }
}
