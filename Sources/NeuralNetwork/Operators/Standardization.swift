/// y = (x − μ) / √(σ² + ε) · scale + shift, with μ and σ² over groups of elements that lie together: layer, instance and
/// group normalisation, which differ only in the groups.
///
/// Source: ONNX LayerNormalization-17; InstanceNormalization-1, -6, -22; GroupNormalization-18, -21; Ba et al. 2016,
/// Ulyanov et al. 2016, Wu and He 2018.
struct Standardization: Operator {
  static let registrations = [
    // Standard since 17; ONNX Runtime writes it into older sets too when it optimises.
    Registration("LayerNormalization") { node in
      let shape = try node.operand(0)
      let axis = try node.axis(node.attributes.integer("axis", default: -1), rank: shape.count)
      node.attributes.ignore("stash_type")
      let scale = try node.constant(1, "scale")
      let shift = try node.optionalConstant(2, "bias")
      for parameter in [scale, shift].compactMap(\.self) {
        guard Broadcasting.shape(parameter.shape, Array(shape[axis...])) == Array(shape[axis...]) else {
          throw node.fault("has parameters \(parameter.shape.shapeText) for an input of \(shape.shapeText).")
        }
      }
      return .operation(
        Standardization(
          rows: shape[..<axis].reduce(1, *), epsilon: try node.attributes.float("epsilon", default: 1e-5),
          scale: scale, shift: shift, statisticsShape: shape.indices.map { $0 < axis ? shape[$0] : 1 }))
    },
    Registration("InstanceNormalization") { node in
      let shape = try node.operand(0)
      node.attributes.ignore("consumed_inputs")
      guard shape.count >= 2 else { throw node.fault("needs channels, which \(shape.shapeText) has not.") }
      return try perChannel(&node, shape, groups: shape[1])
    },
    // Version 18 has parameters for each group.
    Registration("GroupNormalization", since: 18) { node in
      let (shape, groups) = try groups(&node)
      return try perChannel(&node, shape, groups: groups, repeating: shape[1] / groups)
    },
    Registration("GroupNormalization", since: 21) { node in
      let (shape, groups) = try groups(&node)
      node.attributes.ignore("stash_type")
      return try perChannel(&node, shape, groups: groups)
    },
  ]

  /// How many groups there are.
  let rows: Int
  let epsilon: Float
  /// Broadcast to the input; `nil` is 1.
  let scale: Constant?
  /// Broadcast to the input; `nil` is 0.
  let shift: Constant?
  /// The shape under which mean and inverse standard deviation are further outputs.
  let statisticsShape: [Int]

  private static func groups(_ node: inout NodeReader) throws -> (shape: [Int], groups: Int) {
    let shape = try node.operand(0)
    let groups = try node.attributes.integer("num_groups", default: 0)
    guard shape.count >= 2, groups > 0, shape[1] > 0, shape[1] % groups == 0 else {
      throw node.fault("cannot divide the channels of \(shape.shapeText) into \(groups) groups.")
    }
    return (shape, groups)
  }

  /// Groups of channels, with a scale and a shift for each channel (or for `repeating` channels each).
  private static func perChannel(
    _ node: inout NodeReader, _ shape: [Int], groups: Int, repeating: Int = 1
  ) throws -> Translation {
    let parameters = try [(1, "scale"), (2, "bias")].map { index, role in
      let parameter = try node.constant(index, role)
      guard parameter.count == shape[1] / repeating else {
        throw node.fault("has \(parameter.count) parameters for the channels of \(shape.shapeText).")
      }
      let values = parameter.floats.flatMap { [Float](repeating: $0, count: repeating) }
      return Constant(shape: [shape[1]] + shape.dropFirst(2).map { _ in 1 }, values)
    }
    return .operation(
      Standardization(
        rows: shape[0] * groups, epsilon: try node.attributes.float("epsilon", default: 1e-5),
        scale: parameters[0], shift: parameters[1], statisticsShape: [shape[0], groups]))
  }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { [operands[0], statisticsShape, statisticsShape] }

  var parameterCount: Int { (scale?.count ?? 0) + (shift?.count ?? 0) }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let (x, recipe) = try matrix(pass.operands[0], on: engine)
    let y = engine.allocate(recipe.layout)
    let statistics = engine.allocate(Layout([2, rows]))
    try engine.execute(
      engine.primitive(recipe),
      [
        (.source, x), (.destination, y), (.mean, statistics.part(0, of: 2)), (.variance, statistics.part(1, of: 2)),
      ])
    var result = y.reshaped(pass.operands[0].shape)
    if let scale { result = try engine.combine(.multiply, result, engine.view(scale, allowsMisalignment: false)) }
    if let shift { result = try engine.combine(.add, result, engine.view(shift, allowsMisalignment: false)) }
    let inverse = try engine.map(statistics.part(1, of: 2)) { 1 / ($0 + epsilon).squareRoot() }
    return ForwardResult(
      [result, statistics.part(0, of: 2).reshaped(statisticsShape), inverse.reshaped(statisticsShape)],
      workspace: OpaqueMemory(descriptor: engine.descriptor(of: statistics.layout), buffer: statistics.buffer))
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient(), let workspace = pass.workspace else { return [nil] }
    let (x, recipe) = try matrix(pass.operands[0], on: engine)
    let statistics = Memory(layout: Layout([2, rows]), buffer: workspace.buffer)
    let primitive = try engine.primitive(StandardizationBackward(forward: recipe))
    let factor = scale.map { engine.view($0, allowsMisalignment: false) }
    // The statistics are those of one image, so the gradients of a batch go through one by one.
    let dx = try engine.mapParts(gradient, count: pass.wanted[0]) { part in
      let scaled = try factor.map { try engine.combine(.multiply, part, $0) } ?? part
      let dy = try engine.reorder(scaled, to: .plain)
      let dx = engine.allocate(dy.layout)
      try engine.execute(
        primitive,
        [
          (.source, x), (.destinationGradient, dy.reshaped(recipe.layout.shape)),
          (.mean, statistics.part(0, of: 2)), (.variance, statistics.part(1, of: 2)),
          (.sourceGradient, dx.reshaped(recipe.layout.shape)),
        ])
      return dx
    }
    return [dx]
  }

  private func matrix(_ memory: Memory, on engine: Engine) throws -> (Memory, StandardizationForward) {
    let recipe = StandardizationForward(
      rows: rows, columns: memory.shape.elementCount / max(rows, 1), epsilon: epsilon)
    return (try engine.reorder(memory, to: .plain).reshaped(recipe.layout.shape), recipe)
  }
}
