import NeuralNetwork

extension Tensor {
  /// The stack of maps [1, C, H, W] that a layer's activation or gradient is read as.
  ///
  /// Tokens become the cells of a grid, row by row; a class token is dropped, for it belongs to no place.
  func maps(_ arrangement: Arrangement) -> Tensor {
    if arrangement == .maps { return self }
    let shape = arrangement.mapShape(of: shape)
    let (channels, cells) = (shape[0], shape[1] * shape[2])
    let first = values.count / channels - cells
    var result = Tensor(shape: [1] + shape)
    for cell in 0..<cells {
      for channel in 0..<channels {
        result.values[channel * cells + cell] = values[(first + cell) * channels + channel]
      }
    }
    return result
  }
}
