/// y_c = x_c / (k + α/n · Σ x²)^β, the sum over the n channels around c: AlexNet's and GoogLeNet's normalisation.
///
/// Source: ONNX LRN-1, -13.
struct LocalResponseNormalization: Operator {
  static let registrations = [
    Registration("LRN") { node in
      let shape = try node.operand(0)
      guard (3...5).contains(shape.count) else {
        throw node.fault("normalises \(shape.shapeText), which is no stack of maps.")
      }
      let size = try node.attributes.integer("size", default: 0)
      guard (1...(1 << 20)).contains(size), size % 2 == 1 else {
        throw node.fault("normalises over \(size) channels; only odd numbers are supported.")
      }
      return .operation(
        LocalResponseNormalization(
          size: size, alpha: try node.attributes.float("alpha", default: 1e-4),
          beta: try node.attributes.float("beta", default: 0.75), bias: try node.attributes.float("bias", default: 1)))
    }
  ]

  let size: Int
  let alpha: Float
  let beta: Float
  let bias: Float

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { operands }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let primitive = try engine.primitive(recipe(pass.operands[0].layout))
    let output = engine.allocate(pass.operands[0].layout)
    let workspace = primitive.workspace.map { engine.allocate($0) }
    var arguments: [(Argument, any MemoryConvertible)] = [(.source, pass.operands[0]), (.destination, output)]
    if let workspace { arguments.append((.workspace, workspace)) }
    try engine.execute(primitive, arguments)
    return ForwardResult(output, workspace: workspace)
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    let x = pass.operands[0]
    let dy = try engine.reorder(gradient, to: x.layout.format)
    let dx = engine.allocate(x.layout.batched(pass.wanted[0]))
    let primitive = try engine.primitive(LocalResponseBackward(forward: recipe(x.layout)))
    for index in 0..<pass.wanted[0] {
      var arguments: [(Argument, any MemoryConvertible)] = [
        (.source, x), (.destinationGradient, dy.part(index, of: pass.wanted[0])),
        (.sourceGradient, dx.part(index, of: pass.wanted[0])),
      ]
      if let workspace = pass.workspace { arguments.append((.workspace, workspace)) }
      try engine.execute(primitive, arguments)
    }
    return [dx]
  }

  private func recipe(_ layout: Layout) -> LocalResponseForward {
    LocalResponseForward(layout: layout, size: size, alpha: alpha, beta: beta, bias: bias)
  }
}
