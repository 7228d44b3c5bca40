import Diagnostics

/// y = x ∗ w + b, with the batch normalisation, addition and rectifier that follow it fused in where the plan says so.
///
/// x is [N, C, H, W], w [M, C/g, kH, kW], b [M], y [N, M, H′, W′]. Source: ONNX Conv-1, -11, -22.
struct Convolution: Operator {
  static let registrations = [
    Registration("Conv") { node in
      let input = try node.operand(0)
      let weights = try node.constant(1, "weights")
      let bias = try node.optionalConstant(2, "bias")
      let groups = try node.attributes.integer("group", default: 1)
      guard weights.elementType == .float32, weights.count > 0, weights.shape.count == input.count,
        (3...5).contains(input.count), (1...input[1]).contains(groups), weights.shape[1] == input[1] / groups,
        input[1] % groups == 0, weights.shape[0] % groups == 0, bias.map({ $0.shape == [weights.shape[0]] }) ?? true
      else {
        throw node.fault(
          "has weights \(weights.shape.shapeText) in \(groups) group(s), which do not fit an input of \(input.shapeText)."
        )
      }
      let window = try Window.read(&node, kernel: Array(weights.shape.dropFirst(2)), size: Array(input.dropFirst(2)))
      return .operation(Convolution(weights: weights, bias: bias, groups: groups, window: window))
    }
  ]

  let weights: Constant
  let bias: Constant?
  let groups: Int
  let window: Window
  /// Folded into the weights: y = (x ∗ w + b) · scale + shift.
  private(set) var normalization: BatchNormalization?
  /// Whether a second operand is added before the rectifier.
  private(set) var adds = false
  private(set) var rectifier: Rectifier?
  private let packed = PackedWeights()

  init(weights: Constant, bias: Constant?, groups: Int, window: Window) {
    self.weights = weights
    self.bias = bias
    self.groups = groups
    self.window = window
  }

  /// The same convolution with what follows it fused in.
  func fused(normalization: BatchNormalization?, adds: Bool, rectifier: Rectifier?) -> Convolution {
    var copy = Convolution(weights: weights, bias: bias, groups: groups, window: window)
    copy.normalization = normalization
    copy.adds = adds
    copy.rectifier = rectifier
    return copy
  }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] {
    [[operands[0][0], weights.shape[0]] + window.outputSize(Array(operands[0].dropFirst(2)))]
  }

  func forward(_ operands: [Memory], on engine: Engine) throws -> ForwardResult {
    let destination = try outputShapes([operands[0].shape])[0]
    var recipe = ConvolutionForward(
      source: operands[0].shape, weights: groupedShape, hasBias: hasBias, destination: destination, window: window,
      postOperations: rectifierPostOperation)
    var (primitive, layouts) = try engine.layouts(for: &recipe)
    var arguments: [(Argument, any MemoryConvertible)] = []
    if adds {
      let addend = try engine.reorder(operands[1], to: layouts.destination.format)
      recipe.postOperations.insert(.add(addend.layout), at: 0)
      recipe.formats = ConvolutionFormats(source: layouts.source.format, destination: layouts.destination.format)
      primitive = try engine.primitive(recipe)
      arguments.append((.fusedAddend, addend))
    }
    let output = engine.allocate(layouts.destination)
    let weights = try packed.weights(as: primitive.descriptor(of: .weights), on: engine, foldedWeights)
    arguments += [
      (.source, try engine.reorder(operands[0], to: layouts.source.format)), (.weights, weights),
      (.destination, output),
    ]
    if hasBias { arguments.append((.bias, packed.bias(on: engine, foldedBias))) }
    try engine.execute(primitive, arguments)
    return ForwardResult(output)
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard var gradient = pass.gradients[0] else { return pass.operands.map { _ in nil } }
    if let rectifier {
      gradient = try rectifier.backward(gradient, output: pass.outputs[0], rules: pass.rules, on: engine)
    }
    let addend = adds && pass.wanted[1] > 0 ? gradient.prefix(pass.wanted[1], of: pass.count) : nil
    let source =
      pass.wanted[0] > 0
      ? try backwardData(
        gradient.prefix(pass.wanted[0], of: pass.count), source: pass.operands[0].shape.batched(pass.wanted[0]),
        on: engine)
      : nil
    return adds ? [source, addend] : [source]
  }

  private func backwardData(_ gradient: Memory, source: [Int], on engine: Engine) throws -> Memory {
    var recipe = ConvolutionBackwardData(
      source: source, weights: groupedShape, destination: gradient.shape, window: window)
    let (primitive, layouts) = try engine.layouts(for: &recipe)
    let result = engine.allocate(layouts.source)
    let weights = try packed.weights(as: primitive.descriptor(of: .weights), on: engine, foldedWeights)
    try engine.execute(
      primitive,
      [
        (.destinationGradient, try engine.reorder(gradient, to: layouts.destination.format)), (.weights, weights),
        (.sourceGradient, result),
      ])
    return result
  }

  private var hasBias: Bool { bias != nil || normalization != nil }

  private var groupedShape: [Int] {
    groups == 1
      ? weights.shape : [groups, weights.shape[0] / groups, weights.shape[1]] + weights.shape.dropFirst(2)
  }

  private var rectifierPostOperation: [PostOperation] {
    switch rectifier?.function {
    case .relu: [.relu]
    case .clip(let lower, let upper): [.clip(lower: lower, upper: upper)]
    case nil: []
    }
  }

  /// w · scale, plain and in the shape that oneDNN sees; the file's own bytes where nothing is folded.
  private func foldedWeights(on engine: Engine) -> (Memory, shape: [Int]) {
    guard let normalization else {
      return (Memory(layout: Layout([weights.count]), buffer: Buffer(viewing: weights.bytes)), groupedShape)
    }
    var values = weights.floats
    let size = values.count / weights.shape[0]
    for (channel, scale) in normalization.scale.enumerated() {
      for index in (channel * size)..<((channel + 1) * size) { values[index] *= scale }
    }
    return (engine.upload(Tensor(shape: [values.count], values)), groupedShape)
  }

  /// b · scale + shift.
  private func foldedBias() -> [Float] {
    let bias = bias?.floats ?? [Float](repeating: 0, count: weights.shape[0])
    guard let normalization else { return bias }
    return zip(bias, zip(normalization.scale, normalization.shift)).map { $0 * $1.0 + $1.1 }
  }
}

/// A convolution's weights in the layouts that its primitives asked for, packed once each.
private final class PackedWeights {
  private var packed: [OpaqueMemory] = []
  private var bias: Memory?

  func weights(
    as descriptor: Descriptor, on engine: Engine, _ plain: (Engine) -> (Memory, shape: [Int])
  ) throws -> OpaqueMemory {
    if let known = packed.first(where: { $0.descriptor.isEqual(to: descriptor) }) { return known }
    let (memory, shape) = plain(engine)
    let fresh = try engine.pack(memory, shape: shape, as: descriptor)
    packed.append(fresh)
    return fresh
  }

  func bias(on engine: Engine, _ values: () -> [Float]) -> Memory {
    if let bias { return bias }
    let values = values()
    let memory = engine.upload(Tensor(shape: [values.count], values))
    bias = memory
    return memory
  }
}

extension Engine {
  typealias ConvolutionLayouts = (source: Layout, destination: Layout)

  /// The primitive of `recipe` and the layouts it works in; in plain layouts where oneDNN prefers one of its own that
  /// is none of ours.
  fileprivate func layouts(for recipe: inout ConvolutionForward) throws -> (Primitive, ConvolutionLayouts) {
    let primitive = try primitive(recipe)
    if let source = try primitive.descriptor(of: .source).layout(shape: recipe.source),
      let destination = try primitive.descriptor(of: .destination).layout(shape: recipe.destination)
    {
      return (primitive, (source, destination))
    }
    recipe.formats = ConvolutionFormats(source: .plain, destination: .plain)
    return (try self.primitive(recipe), (Layout(recipe.source), Layout(recipe.destination)))
  }

  fileprivate func layouts(for recipe: inout ConvolutionBackwardData) throws -> (Primitive, ConvolutionLayouts) {
    let primitive = try primitive(recipe)
    if let source = try primitive.descriptor(of: .sourceGradient).layout(shape: recipe.source),
      let destination = try primitive.descriptor(of: .destinationGradient).layout(shape: recipe.destination)
    {
      return (primitive, (source, destination))
    }
    recipe.formats = ConvolutionFormats(source: .plain, destination: .plain)
    return (try self.primitive(recipe), (Layout(recipe.source), Layout(recipe.destination)))
  }
}
