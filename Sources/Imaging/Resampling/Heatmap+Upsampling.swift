extension Heatmap {
  /// The map at another size, bilinear with half-pixel centres; beyond the edge the outermost cells go on.
  ///
  /// Equal to `torch.nn.functional.interpolate(mode="bilinear", align_corners=False)`, which does not antialias when it
  /// shrinks.
  ///
  /// - Parameters:
  ///   - width: columns wanted; below 1 counts as 1.
  ///   - height: rows wanted; below 1 counts as 1.
  public func upsampled(width: Int, height: Int) -> Heatmap {
    let (newWidth, newHeight) = (max(width, 1), max(height, 1))
    let across = (0..<newWidth).map { Neighbours(of: $0, from: self.width, to: newWidth) }
    var widened = [Float](repeating: 0, count: self.height * newWidth)
    for row in 0..<self.height {
      for (column, neighbours) in across.enumerated() {
        widened[row * newWidth + column] = neighbours.mix(
          values[row * self.width + neighbours.lower], values[row * self.width + neighbours.upper])
      }
    }
    let result = [Float](unsafeUninitializedCapacity: newHeight * newWidth) { target, initialized in
      widened.withUnsafeBufferPointer { source in
        for row in 0..<newHeight {
          let neighbours = Neighbours(of: row, from: self.height, to: newHeight)
          let (start, lower, upper) = (row * newWidth, neighbours.lower * newWidth, neighbours.upper * newWidth)
          for column in 0..<newWidth {
            target[start &+ column] = neighbours.mix(source[lower &+ column], source[upper &+ column])
          }
        }
      }
      initialized = newHeight * newWidth
    }
    return Heatmap(uncheckedWidth: newWidth, height: newHeight, values: result)
  }
}

/// The two input samples between which an output sample lies along one axis.
private struct Neighbours {
  let lower: Int
  let upper: Int
  /// The share of `upper`: 0…1.
  let fraction: Float

  /// In single precision throughout, as PyTorch has it: at thousands of samples the difference shows.
  init(of output: Int, from inputLength: Int, to outputLength: Int) {
    let scale = Float(inputLength) / Float(outputLength)
    let position = max(scale * (Float(output) + 0.5) - 0.5, 0)
    lower = min(Int(position), inputLength - 1)
    upper = min(lower + 1, inputLength - 1)
    fraction = min(position - Float(lower), 1)
  }

  func mix(_ low: Float, _ high: Float) -> Float { low * (1 - fraction) + high * fraction }
}
