extension SparseConvolution {
  /// Whether the algorithm applies, and is faster than the other.
  ///
  /// - Parameters:
  ///   - source: what is multiplied, [N, C, H, W].
  ///   - destination: [N, M, H′, W′].
  ///   - isBackward: whether the window slides over the destination.
  ///   - transform: the other algorithm, if it is Winograd's.
  static func pays(
    _ source: Memory, destination: [Int], window: Window, isBackward: Bool, insteadOf transform: WinogradTransform?
  ) -> Bool {
    guard source.layout.format == .blocked8, source.shape[1] % 8 == 0, destination[1] % 8 == 0 else { return false }
    let strides = isBackward ? [1, 1] : window.strides
    // In the time of a direct algorithm's products: the products, where sums begin and end, and the lists, each of which is
    // read through so many taps.
    let products = source.sampledDensity(step: strides[1])
    let sums = 7 / Double(min(source.shape[1], SparseWeights.panelHeight))
    let taps = zip(window.kernel, strides).reduce(1) { $0 * $1.0 / min($1.0, $1.1) }
    let lists = 16 / Double(destination[1] * taps)
    return products + sums + lists < (transform == nil ? 0.8 : 0.25)
  }
}

extension Memory {
  /// About which share of the elements is not zero or has a neighbour that is not, 0…1.
  ///
  /// Few places are looked at, and each with all eight channels: what takes time is to fetch them.
  ///
  /// - Parameter step: from one pixel to its neighbour; the memory is blocked by 8 channels.
  fileprivate func sampledDensity(step: Int) -> Double {
    let pixels = layout.byteCount / MemoryLayout<Float>.size / 8 - step
    // Odd, so that it meets all columns of a picture.
    let distance = max(1, pixels / 128) | 1
    let values = floats
    var (filled, count) = (0, 0)
    for pixel in stride(from: 0, to: pixels, by: distance) {
      for place in pixel * 8..<pixel * 8 + 8 where values[place] != 0 || values[place + step * 8] != 0 { filled += 1 }
      count += 8
    }
    return count == 0 ? 1 : Double(filled) / Double(count)
  }
}
