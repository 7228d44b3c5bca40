import CKernels

/// dx = dy where a rectifier let something through, else 0; under the guided rule also 0 where dy is negative.
///
/// What passed is seen from the output, so that the input need not be kept: y > 0, or lower < y < upper (at its bounds a
/// clip passes nothing, as PyTorch's hardtanh). One pass over memory does for all of a batch what oneDNN's primitives
/// take two for.
struct RectifierGradient {
  let rectifier: Rectifier
  /// What the rectified value was multiplied by before, channel by channel; dx is multiplied by it too.
  var scale: ChannelVectors?

  /// - Parameters:
  ///   - gradient: as many tensors like `output`, in its format, as there are rules.
  ///   - addend: another such batch; dy is the sum of the two.
  ///   - result: of the gradient's layout.
  func apply(_ gradient: Memory, addend: Memory?, output: Memory, rules: [ReLURule], into result: Memory) {
    let (lower, upper) = rectifier.function.limits
    let count = output.layout.byteCount / MemoryLayout<Float>.size
    let size = scale?.planeSize ?? 1 << 14
    let chunks = (count + size - 1) / size
    let (dy, y, dx, other) = (gradient.floats, output.floats, result.floats, addend?.floats)
    // Below this, a gradient is dropped.
    let least: [Float] = rules.map { $0 == .guided && rectifier.isGuidable ? 0 : -.infinity }
    Threads.forEach(rules.count * chunks) { item in
      let (part, chunk) = item.quotientAndRemainder(dividingBy: chunks)
      let offset = chunk * size
      let place = part * count + offset
      let number = min(size, count - offset)
      func run(_ scale: UnsafePointer<Float>?) {
        rectifier_gradient(
          dy + place, other.map { UnsafePointer($0 + place) }, y + offset, number, lower, upper, least[part], scale,
          dx + place)
      }
      if let scale { scale.withVector(ofPlane: chunk, run) } else { run(nil) }
    }
  }
}
