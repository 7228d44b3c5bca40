import CKernels

/// Maximum pooling of pictures blocked by 8 channels.
///
/// oneDNN writes where each maximum was found and reads it back, which takes several times as long as finding it again.
struct BlockedMaxPool {
  private let window: pooling_window
  /// Blocks of channels of all pictures.
  private let planes: Int

  /// - Parameters:
  ///   - source: [N, C, H, W].
  ///   - destination: [N, C, H′, W′].
  init(_ window: Window, source: [Int], destination: [Int]) {
    planes = source[0] * ((source[1] + 7) / 8)
    self.window = pooling_window(
      height: source[2], width: source[3], output_height: destination[2], output_width: destination[3],
      kernel: (window.kernel[0], window.kernel[1]), strides: (window.strides[0], window.strides[1]),
      dilations: (window.dilations[0], window.dilations[1]), padding: (window.padsBegin[0], window.padsBegin[1]))
  }

  /// Elements of a block of channels, before and after.
  private var sourceSize: Int { window.height * window.width * 8 }
  private var destinationSize: Int { window.output_height * window.output_width * 8 }

  func forward(_ source: Memory, into destination: Memory) {
    let (x, y) = (source.floats, destination.floats)
    Threads.forEach(planes) { plane in
      max_pool_forward(window, x + plane * sourceSize, y + plane * destinationSize)
    }
  }

  /// - Parameters:
  ///   - gradient: `count` tensors like `maxima`, one behind the other.
  ///   - source: what was pooled.
  ///   - maxima: what came of it.
  ///   - result: as many tensors like `source`.
  func backward(_ gradient: Memory, count: Int, source: Memory, maxima: Memory, into result: Memory) {
    let (x, y, dy, dx) = (source.floats, maxima.floats, gradient.floats, result.floats)
    Threads.forEach(count * planes) { item in
      let plane = item % planes
      max_pool_backward(
        window, x + plane * sourceSize, y + plane * destinationSize, dy + item * destinationSize,
        dx + item * sourceSize)
    }
  }
}
