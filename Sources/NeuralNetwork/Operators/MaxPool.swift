/// y = maximum over each window. Source: ONNX MaxPool-1, -8, -10, -11, -12, -22; GlobalMaxPool-1, -22.
struct MaxPool: Operator {
  static let registrations = [
    Registration("MaxPool") { node in
      let size = try node.pooledSize()
      let window = try Window.read(&node, kernel: nil, size: size)
      let isColumnMajor = try node.attributes.flag("storage_order")
      let roundsUp = try node.attributes.flag("ceil_mode")
      let rounded = roundsUp ? window.roundingUp(size) : window
      return .operation(
        node.readOutputCount > 1
          ? IndexedMaxPool(window: rounded, isColumnMajor: isColumnMajor) : MaxPool(window: rounded))
    },
    Registration("GlobalMaxPool") { node in
      .operation(MaxPool(window: .global(try node.pooledSize())))
    },
  ]

  let window: Window

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] {
    [operands[0].prefix(2) + window.outputSize(Array(operands[0].dropFirst(2)))]
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    if pass.operands[0].layout.format == .blocked8 {
      let output = engine.allocate(pass.operands[0].layout.with(shape: try outputShapes([pass.operands[0].shape])[0]))
      BlockedMaxPool(window, source: pass.operands[0].shape, destination: output.shape)
        .forward(pass.operands[0], into: output)
      return ForwardResult(output)
    }
    // oneDNN's maximum passes over what is not a number, and is never infinite.
    guard pass.operands[0].isFinite else { return ForwardResult(try indexed.forward(pass, on: engine).outputs[0]) }
    let recipe = try recipe(pass.operands[0].layout)
    let primitive = try engine.primitive(recipe)
    let output = engine.allocate(recipe.destination)
    let workspace = primitive.workspace.map { engine.allocate($0) }
    var arguments: [(Argument, any MemoryConvertible)] = [(.source, pass.operands[0]), (.destination, output)]
    if let workspace { arguments.append((.workspace, workspace)) }
    try engine.execute(primitive, arguments)
    return ForwardResult(output, workspace: workspace)
  }

  func bound(ofOperands count: Int, _ magnitude: (Int) -> Float) -> Float {
    // Of a window between the pixels, or beside them, the maximum is the lowest number there is.
    let isDense = window.dilations.allSatisfy { $0 == 1 }
    let pads = zip(window.kernel, zip(window.padsBegin, window.padsEnd)).map { ($0, max($1.0, $1.1)) }
    return isDense && pads.allSatisfy { $1 < $0 } ? magnitude(0) : .infinity
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    let source = pass.operands[0].layout
    let dy = try engine.reorder(gradient, to: source.format)
    let dx = engine.allocate(source.batched(pass.wanted[0]))
    if source.format == .blocked8 {
      BlockedMaxPool(window, source: source.shape, destination: pass.outputs[0].shape)
        .backward(dy, count: pass.wanted[0], source: pass.operands[0], maxima: pass.outputs[0], into: dx)
      return [dx]
    }
    guard pass.operands[0].isFinite else { return try indexed.backward(pass, on: engine) }
    let primitive = try engine.primitive(PoolingBackward(forward: recipe(source)))
    // The winners are those of one image, so the gradients of a batch go through one by one.
    for index in 0..<pass.wanted[0] {
      var arguments: [(Argument, any MemoryConvertible)] = [
        (.destinationGradient, dy.part(index, of: pass.wanted[0])),
        (.sourceGradient, dx.part(index, of: pass.wanted[0])),
      ]
      if let workspace = pass.workspace { arguments.append((.workspace, workspace)) }
      try engine.execute(primitive, arguments)
    }
    return [dx]
  }

  /// The same, slower, element by element.
  private var indexed: IndexedMaxPool { IndexedMaxPool(window: window, isColumnMajor: false) }

  private func recipe(_ source: Layout) throws -> PoolingForward {
    PoolingForward(
      algorithm: .maximum, source: source, destination: source.with(shape: try outputShapes([source.shape])[0]),
      window: window)
  }
}
