/// dx = dy where a rectifier let something through, else 0; under the guided rule also 0 where dy is negative.
///
/// What passed is seen from the output, so that the input need not be kept: y > 0, or lower < y < upper (at its bounds a
/// clip passes nothing, as PyTorch's hardtanh). One pass over memory does for all of a batch what oneDNN's primitives
/// take two for, and these loops wait for nothing but memory.
struct RectifierGradient {
  private typealias Vector = SIMD8<Float>

  let lower: Float
  let upper: Float

  init(_ function: ElementwiseFunction) { (lower, upper) = function.limits }

  /// - Parameters:
  ///   - gradient: as many tensors like `output`, in its format, as there are rules.
  ///   - addend: another such batch; dy is the sum of the two.
  ///   - isGuided: for each of them, whether negative gradients are dropped.
  ///   - result: of the gradient's layout.
  func apply(_ gradient: Memory, addend: Memory?, output: Memory, isGuided: [Bool], into result: Memory) {
    let count = output.layout.byteCount / MemoryLayout<Float>.size
    let size = 1 << 14
    let chunks = (count + size - 1) / size
    let (y, dy, dx) = (output.floats, gradient.floats, result.floats)
    let other = addend?.floats
    Threads.forEach(isGuided.count * chunks) { item in
      let (part, chunk) = item.quotientAndRemainder(dividingBy: chunks)
      let range = (chunk * size)..<min((chunk + 1) * size, count)
      let start = part * count
      // Below this, a gradient is dropped.
      let least: Float = isGuided[part] ? 0 : -.infinity
      if let other {
        apply(y, dx + start, range, least) {
          load(dy + start, $0) + load(other + start, $0)
        } one: {
          dy[start + $0] + other[start + $0]
        }
      } else {
        apply(y, dx + start, range, least) {
          load(dy + start, $0)
        } one: {
          dy[start + $0]
        }
      }
    }
  }

  /// - Parameters:
  ///   - eight: the gradients from an index on.
  ///   - one: the gradient at an index.
  @inline(__always)
  private func apply(
    _ y: UnsafeMutablePointer<Float>, _ dx: UnsafeMutablePointer<Float>, _ range: Range<Int>, _ least: Float,
    eight: (Int) -> Vector, one: (Int) -> Float
  ) {
    let width = Vector.scalarCount
    let whole = range.count / width * width
    for index in stride(from: range.lowerBound, to: range.lowerBound + whole, by: width) {
      let passed = through(load(y, index), eight(index), least)
      UnsafeMutableRawPointer(dx + index).storeBytes(of: passed, as: Vector.self)
    }
    for index in (range.lowerBound + whole)..<range.upperBound {
      dx[index] = through(Vector(repeating: y[index]), Vector(repeating: one(index)), least)[0]
    }
  }

  @inline(__always)
  private func load(_ source: UnsafeMutablePointer<Float>, _ index: Int) -> Vector {
    UnsafeRawPointer(source + index).loadUnaligned(as: Vector.self)
  }

  @inline(__always)
  private func through(_ y: Vector, _ dy: Vector, _ least: Float) -> Vector {
    dy.replacing(with: 0, where: (y .<= lower) .| (y .>= upper) .| (dy .< least))
  }
}
