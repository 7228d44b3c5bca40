import CKernels

/// dx = dy where a rectifier let something through, else 0; under the guided rule also 0 where dy is negative, and under that of
/// deconvolution 0 there alone, unless the rectifier has an upper bound.
///
/// As in PyTorch, what is not a number stops no gradient, and a gradient that is none passes. What passed is seen from the
/// output, so that the input need not be kept: y > 0, or lower < y < upper (at its bounds a clip passes nothing, as
/// PyTorch's hardtanh). One pass over memory does for all of a batch what oneDNN's primitives take two for.
struct RectifierGradient {
  /// The rectifier; `nil` where there is none, and everything passes.
  let function: ElementwiseFunction?
  /// Whether other rules than the derivative apply to it.
  let isGuidable: Bool
  /// What the rectified value was multiplied by before, [C]; dx is multiplied by it too.
  var scale: [Float]?

  /// The gradient batch behind the rectifier, each gradient under its own rule.
  ///
  /// - Parameters:
  ///   - gradient: as many tensors like `output` as there are rules.
  ///   - addend: another such batch; dy is the sum of the two.
  ///   - output: what came out of the rectifier; with a scale plain, or blocked by 8 channels.
  func apply(
    _ gradient: Memory, addend: Memory?, output: Memory, rules: [ReLURule], on engine: Engine
  ) throws -> Memory {
    let gradient = try engine.reorder(gradient, to: output.layout.format)
    let addend = try addend.map { try engine.reorder($0, to: output.layout.format) }
    let result = engine.allocate(gradient.layout)
    let (lower, upper) = function?.limits ?? (-.infinity, .infinity)
    let isBounded = function?.isBounded ?? false
    // Where there is no limit, infinity itself passes too: nothing reaches NaN.
    let (lowest, highest) = (lower == -.infinity ? .nan : lower, upper == .infinity ? .nan : upper)
    let scale = scale.map { ChannelVectors($0, for: output.layout) }
    let count = output.layout.elementCount
    let size = scale?.planeSize ?? 1 << 14
    let chunks = (count + size - 1) / size
    let (dy, y, dx, other) = (gradient.floats, output.floats, result.floats, addend?.floats)
    // Below this, a gradient is dropped.
    let ignoresInput = rules.map { $0 == .deconvolution && isGuidable && !isBounded }
    let least: [Float] = zip(rules, ignoresInput).map { rule, ignoresInput in
      ignoresInput || rule == .guided && isGuidable ? 0 : -.infinity
    }
    Threads.forEach(rules.count * chunks) { item in
      let (part, chunk) = item.quotientAndRemainder(dividingBy: chunks)
      let offset = chunk * size
      let place = part * count + offset
      let number = min(size, count - offset)
      func run(_ scale: UnsafePointer<Float>?) {
        rectifier_gradient(
          dy + place, other.map { UnsafePointer($0 + place) }, y + offset, number, ignoresInput[part] ? .nan : lowest,
          ignoresInput[part] ? .nan : highest, least[part], scale, dx + place)
      }
      if let scale { scale.withVector(ofPlane: chunk, run) } else { run(nil) }
    }
    return result
  }
}
