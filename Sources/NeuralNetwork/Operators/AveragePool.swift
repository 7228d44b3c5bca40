/// y = mean over each window. Source: ONNX AveragePool-1, -7, -10, -11, -19, -22; GlobalAveragePool-1, -22.
struct AveragePool: Operator {
  static let registrations = [
    Registration("AveragePool") { node in
      let size = try node.pooledSize()
      let window = try Window.read(&node, kernel: nil, size: size)
      let includesPadding = try node.attributes.flag("count_include_pad")
      let roundsUp = try node.attributes.flag("ceil_mode")
      let rounded = roundsUp ? window.roundingUp(size) : window
      let padded = (rounded.padsBegin + rounded.padsEnd).contains { $0 > 0 }
      guard includesPadding, padded else {
        return .operation(AveragePool(algorithm: .averageExcludingPadding, window: rounded))
      }
      return .operation(
        AveragePool(
          algorithm: .averageIncludingPadding, window: rounded,
          correction: correction(of: rounded, counting: window.padsEnd, size)))
    },
    Registration("GlobalAveragePool") { node in
      .operation(AveragePool(global: try node.pooledSize()))
    },
  ]

  let algorithm: PoolingAlgorithm
  let window: Window
  /// A factor for each window, [1, 1, H′, W′].
  private let correction: Tensor?

  init(algorithm: PoolingAlgorithm, window: Window, correction: Tensor? = nil) {
    self.algorithm = algorithm
    self.window = window
    self.correction = correction
  }

  /// All taps over those that count, for each window: padding that only rounding up adds is never counted, which oneDNN
  /// cannot tell from the other kind. `nil` where there is none.
  private static func correction(of window: Window, counting padsEnd: [Int], _ size: [Int]) -> Tensor? {
    guard zip(window.padsEnd, padsEnd).contains(where: >) else { return nil }
    let output = window.outputSize(size)
    var factors: [Float] = [1]
    for axis in size.indices {
      let end = size[axis] + padsEnd[axis]
      let along = (0..<output[axis]).map { position in
        let start = position * window.strides[axis] - window.padsBegin[axis]
        let counted = (end - start + window.dilations[axis] - 1) / window.dilations[axis]
        return Float(window.kernel[axis]) / Float(min(window.kernel[axis], counted))
      }
      factors = factors.flatMap { factor in along.map { factor * $0 } }
    }
    return Tensor(shape: [1, 1] + output, factors)
  }

  /// The mean over a whole map of `size`.
  init(global size: [Int]) {
    self.init(algorithm: .averageExcludingPadding, window: .global(size))
  }

  /// Whether the one window covers a map of `size` exactly.
  func isGlobal(over size: [Int]) -> Bool {
    window.kernel == size && (window.padsBegin + window.padsEnd).allSatisfy { $0 == 0 }
  }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] {
    [operands[0].prefix(2) + window.outputSize(Array(operands[0].dropFirst(2)))]
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let recipe = try recipe(pass.operands[0].layout)
    let output = engine.allocate(recipe.destination)
    try engine.execute(engine.primitive(recipe), [(.source, pass.operands[0]), (.destination, output)])
    return ForwardResult(try corrected(output, on: engine))
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = try pass.gradient().map({ try corrected($0, on: engine) }) else { return [nil] }
    let source = pass.operands[0].layout.batched(pass.wanted[0])
    let dx = engine.allocate(source)
    try engine.execute(
      engine.primitive(PoolingBackward(forward: recipe(source))),
      [(.destinationGradient, engine.reorder(gradient, to: source.format)), (.sourceGradient, dx)])
    return [dx]
  }

  private func corrected(_ memory: Memory, on engine: Engine) throws -> Memory {
    try correction.map { try engine.apply(.multiply, memory, engine.upload($0)) } ?? memory
  }

  private func recipe(_ source: Layout) throws -> PoolingForward {
    PoolingForward(
      algorithm: algorithm, source: source, destination: source.with(shape: try outputShapes([source.shape])[0]),
      window: window)
  }
}
