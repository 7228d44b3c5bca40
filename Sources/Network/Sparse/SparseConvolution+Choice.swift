extension SparseConvolution {
  /// How many pixels should share a list, 1 or 2, where the algorithm applies and is faster than another; else `nil`.
  ///
  /// - Parameters:
  ///   - source: what is multiplied, [N, C, H, W].
  ///   - destination: [N, M, H′, W′].
  ///   - transform: the other algorithm, if it is Winograd's.
  static func group(
    _ source: Memory, destination: [Int], window: Window, isBackward: Bool, insteadOf transform: WinogradTransform?
  ) -> Int? {
    guard source.layout.format == .blocked8, source.shape[1] % 8 == 0, destination[1] % 8 == 0 else { return nil }
    let density = source.sampledDensity(step: isBackward ? 1 : window.strides[1])
    // What is multiplied, in the time of a direct algorithm's products: a pixel alone reads weights more slowly.
    let (single, paired) = (1.6 * density.single, density.paired)
    // Besides, sums begin and end, and lists are made, which are read through so many taps.
    let taps = zip(window.kernel, isBackward ? [1, 1] : window.strides).reduce(1) { $0 * $1.0 / min($1.0, $1.1) }
    let sums = 7 / Double(min(source.shape[1], SparsePixels.channelsOfPart))
    let lists = 16 / Double(destination[1] * taps)
    guard min(single, paired) + sums + lists < (transform == nil ? 0.8 : 0.3) else { return nil }
    return paired <= single ? 2 : 1
  }
}

extension Memory {
  /// About which share of the elements is not zero, and which is not or has a neighbour that is not, 0…1.
  ///
  /// Few places are looked at, and each with all eight channels: what takes time is to fetch them.
  ///
  /// - Parameter step: from one pixel to its neighbour; the memory is blocked by 8 channels.
  fileprivate func sampledDensity(step: Int) -> (single: Double, paired: Double) {
    let pixels = layout.byteCount / MemoryLayout<Float>.size / 8 - step
    // Odd, so that it meets all columns of a picture.
    let distance = max(1, pixels / 128) | 1
    let values = floats
    var (single, paired, count) = (0, 0, 0)
    for pixel in stride(from: 0, to: pixels, by: distance) {
      for place in pixel * 8..<pixel * 8 + 8 {
        let (isFilled, hasFilled) = (values[place] != 0, values[place + step * 8] != 0)
        if isFilled { single += 1 }
        if isFilled || hasFilled { paired += 1 }
      }
      count += 8
    }
    guard count > 0 else { return (1, 1) }
    return (Double(single) / Double(count), Double(paired) / Double(count))
  }
}
