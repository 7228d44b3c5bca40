/// A number for each channel, as loops over tensors read them: eight at a time, for each plane that lies in one piece.
struct ChannelVectors {
  /// Elements of a plane: the pixels of eight channels, or of one; at least 1, so that one can divide by it.
  let planeSize: Int
  private let values: [Float]

  /// - Parameters:
  ///   - values: [C].
  ///   - layout: of a tensor [N, C, …], plain or blocked by 8 channels.
  init(_ values: [Float], for layout: Layout) {
    let pixels = max(1, layout.shape.dropFirst(2).reduce(1, *))
    if layout.format == .blocked8 {
      planeSize = pixels * 8
      self.values = values + [Float](repeating: 0, count: (8 - values.count % 8) % 8)
    } else {
      planeSize = pixels
      self.values = values.flatMap { [Float](repeating: $0, count: 8) }
    }
  }

  /// The vector for plane `index`, counted through all pictures.
  func withVector(ofPlane index: Int, _ body: (UnsafePointer<Float>) -> Void) {
    values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      body(start + index * 8 % values.count)
    }
  }
}
