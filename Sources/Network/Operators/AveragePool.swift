/// y = mean over each window. Source: ONNX AveragePool-1, -7, -10, -11, -19, -22; GlobalAveragePool-1, -22.
struct AveragePool: Operator {
  static let registrations = [
    Registration("AveragePool") { node in
      let size = Array(try node.operand(0).dropFirst(2))
      let window = try Window.read(&node, kernel: nil, size: size)
      let includesPadding = try node.attributes.flag("count_include_pad")
      let roundsUp = try node.attributes.flag("ceil_mode")
      let rounded = roundsUp ? window.roundingUp(size) : window
      // Padding that only rounding adds is never counted, which oneDNN cannot tell from the other kind.
      guard !includesPadding || zip(rounded.padsEnd, window.padsEnd).allSatisfy(<=) else {
        throw node.fault("combines count_include_pad with a ceil_mode that adds padding, which is not supported.")
      }
      let padded = (rounded.padsBegin + rounded.padsEnd).contains { $0 > 0 }
      return .operation(
        AveragePool(
          algorithm: includesPadding && padded ? .averageIncludingPadding : .averageExcludingPadding, window: rounded))
    },
    Registration("GlobalAveragePool") { node in
      .operation(AveragePool(global: Array(try node.operand(0).dropFirst(2))))
    },
  ]

  let algorithm: PoolingAlgorithm
  let window: Window

  init(algorithm: PoolingAlgorithm, window: Window) {
    self.algorithm = algorithm
    self.window = window
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

  func forward(_ operands: [Memory], on engine: Engine) throws -> ForwardResult {
    let recipe = try recipe(operands[0].layout)
    let output = engine.allocate(recipe.destination)
    try engine.execute(engine.primitive(recipe), [(.source, operands[0]), (.destination, output)])
    return ForwardResult(output)
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    let source = pass.operands[0].layout.batched(pass.wanted[0])
    let dx = engine.allocate(source)
    try engine.execute(
      engine.primitive(PoolingBackward(forward: recipe(source))),
      [(.destinationGradient, engine.reorder(gradient, to: source.format)), (.sourceGradient, dx)])
    return [dx]
  }

  private func recipe(_ source: Layout) throws -> PoolingForward {
    PoolingForward(
      algorithm: algorithm, source: source, destination: source.with(shape: try outputShapes([source.shape])[0]),
      window: window)
  }
}
