import CKernels

/// The way back through a convolution, dx = dy ∗ᵀ w, that multiplies only what is not zero.
///
/// Rectifiers leave half of the gradients zero, and under the guided rule two thirds or more. Leaving them out changes
/// nothing but the time.
struct SparseConvolution: ConvolutionRun {
  let source: Layout
  let destination: Layout
  let isFused = true
  private let window: Window
  private let weights: SparseWeights

  /// - Parameters:
  ///   - source: the gradient's shape, [N, M, H′, W′].
  ///   - destination: [N, C, H, W].
  ///   - weights: with M channels and C columns, a tap for each element of the kernel.
  init(source: [Int], destination: [Int], window: Window, weights: SparseWeights) {
    self.source = Layout(source, .blocked8)
    self.destination = Layout(destination, .blocked8)
    self.window = window
    self.weights = weights
  }

  /// Whether the algorithm applies, and is faster than the one that `isWinograd` tells of.
  ///
  /// - Parameters:
  ///   - gradient: [N, M, H′, W′].
  ///   - destination: [N, C, H, W].
  static func pays(_ gradient: Memory, destination: [Int], isWinograd: Bool) -> Bool {
    guard gradient.layout.format == .blocked8, gradient.shape[1] % 8 == 0, destination[1] % 8 == 0 else { return false }
    return gradient.sampledDensity < (isWinograd ? 0.25 : 0.55)
  }

  /// Values that are listed at a time, so that the lists stay small beside the network.
  private static let listedCount = 4 << 20

  func execute(
    _ source: Memory, bias: Memory?, addend: Memory?, into destination: Memory, on engine: Engine
  ) throws {
    let shape = source.shape
    let step = max(1, Self.listedCount / (shape[1] * shape[2] * shape[3]))
    for first in stride(from: 0, to: shape[0], by: step) {
      let pictures = first..<min(first + step, shape[0])
      let pixels = SparsePixels(source, pictures: pictures, width: weights.width, on: engine)
      multiply(pixels, into: destination.floats + first * destination.shape[1...].reduce(1, *))
    }
  }

  /// Gradients that a thread works on at a time.
  private static let pixelsOfTile = 200

  private func multiply(_ pixels: SparsePixels, into dx: UnsafeMutablePointer<Float>) {
    let (channels, height, width) = (destination.shape[1], destination.shape[2], destination.shape[3])
    // Rows that a thread works on: enough gradients that the weights pay, few enough to stay in the cache.
    let rowsOfTile = max(1, min(height, Self.pixelsOfTile * window.strides[0] * window.strides[1] / width))
    let tiles = (height + rowsOfTile - 1) / rowsOfTile
    Threads.forEach(pixels.count * tiles * weights.blocks) { item in
      let (rest, block) = item.quotientAndRemainder(dividingBy: weights.blocks)
      let (picture, tile) = rest.quotientAndRemainder(dividingBy: tiles)
      let place = Place(
        dx: dx + (picture * channels + block * weights.width) * height * width,
        rows: (tile * rowsOfTile)..<min((tile + 1) * rowsOfTile, height), picture: picture, block: block)
      if window.isPointwise { multiply(pixels, place) } else { convolve(pixels, place) }
    }
  }

  /// Some rows of a block of channels.
  private struct Place {
    let dx: UnsafeMutablePointer<Float>
    let rows: Range<Int>
    let picture: Int
    let block: Int
  }

  /// One tap that goes from every pixel to the one at the same place: rows follow each other without a gap.
  private func multiply(_ pixels: SparsePixels, _ place: Place) {
    let first = place.rows.lowerBound * destination.shape[3]
    pixels.multiply(
      from: place.picture * pixels.plane + first, count: place.rows.count * destination.shape[3], by: weights,
      block: place.block, into: result(at: place.dx + first * 8, step: 8, accumulates: false))
  }

  /// Any kernel, tap by tap.
  private func convolve(_ pixels: SparsePixels, _ place: Place) {
    clear(place)
    let (height, width) = (source.shape[2], source.shape[3])
    for row in 0..<window.kernel[0] {
      let top = row * window.dilations[0] - window.padsBegin[0]
      for column in 0..<window.kernel[1] {
        let left = column * window.dilations[1] - window.padsBegin[1]
        // The pixels of a row that reach one inside through this tap.
        let columns = Self.positions(
          reaching: 0..<destination.shape[3], stride: window.strides[1], offset: left, size: width)
        guard !columns.isEmpty else { continue }
        let start = columns.lowerBound * window.strides[1] + left
        for y in Self.positions(reaching: place.rows, stride: window.strides[0], offset: top, size: height) {
          let target = (y * window.strides[0] + top) * destination.shape[3] + start
          pixels.multiply(
            from: place.picture * pixels.plane + y * width + columns.lowerBound, count: columns.count, by: weights,
            tap: row * window.kernel[1] + column, block: place.block,
            into: result(at: place.dx + target * 8, step: window.strides[1] * 8, accumulates: true))
        }
      }
    }
  }

  private func clear(_ place: Place) {
    let (height, width) = (destination.shape[2], destination.shape[3])
    for vector in 0..<weights.vectors(ofBlock: place.block) {
      (place.dx + (vector * height + place.rows.lowerBound) * width * 8)
        .update(repeating: 0, count: place.rows.count * width * 8)
    }
  }

  private func result(at address: UnsafeMutablePointer<Float>, step: Int, accumulates: Bool) -> sparse_result {
    sparse_result(
      address: address, step: step, block_step: destination.shape[2] * destination.shape[3] * 8,
      accumulates: accumulates)
  }

  /// The positions p in 0..<size with p · stride + offset in `range`.
  private static func positions(reaching range: Range<Int>, stride: Int, offset: Int, size: Int) -> Range<Int> {
    func least(_ bound: Int) -> Int {
      let distance = bound - offset
      return distance <= 0 ? 0 : min(size, (distance + stride - 1) / stride)
    }
    let first = least(range.lowerBound)
    return first..<max(first, least(range.upperBound))
  }
}

extension Window {
  /// Whether every position of the input meets one position of the output and the other way round.
  fileprivate var isPointwise: Bool {
    kernel == [1, 1] && strides == [1, 1] && (padsBegin + padsEnd).allSatisfy { $0 == 0 }
  }
}

extension Memory {
  /// About which share of the elements is not zero, 0…1.
  fileprivate var sampledDensity: Double {
    let count = layout.byteCount / MemoryLayout<Float>.size
    // Odd, so that it meets all channels of a block.
    let step = max(1, count / 1024) | 1
    let samples = stride(from: 0, to: count, by: step)
    return Double(samples.count { floats[$0] != 0 }) / Double((count + step - 1) / step)
  }
}
