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
        (3...5).contains(input.count), groups > 0, groups <= input[1], weights.shape[1] == input[1] / groups,
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

  /// w.
  let weights: Constant
  /// b.
  let bias: Constant?
  let groups: Int
  let window: Window
  /// Whether a second operand is added before the rectifier.
  private(set) var adds = false
  /// What follows the addition.
  private(set) var rectifier: Rectifier?
  /// Folded into the weights: y = (x ∗ w + b) · scale + shift.
  private var normalization: BatchNormalization?
  /// What runs, in the form that all of this makes.
  private(set) var prepared: PreparedConvolution
  private let forms: ConvolutionForms

  init(weights: Constant, bias: Constant?, groups: Int, window: Window) {
    self.weights = weights
    self.bias = bias
    self.groups = groups
    self.window = window
    forms = ConvolutionForms(weights, bias: bias, groups: groups, window: window)
    prepared = forms[ConvolutionForms.Form()]
  }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] {
    [[operands[0][0], weights.shape[0]] + window.outputSize(Array(operands[0].dropFirst(2)))]
  }

  /// Takes in a batch normalisation, then the addition of another tensor of its shape, then a rectifier.
  func fused(with next: Successor) -> (any Operator)? {
    guard rectifier == nil else { return nil }
    let canAdd = !adds && next.others == [next.shape] && next.shape.count == 4
    var copy = self
    switch next.operation {
    case let operation as BatchNormalization where normalization == nil && !adds: copy.normalization = operation
    case let operation as Rectifier: copy.rectifier = operation
    case let operation as Arithmetic where operation.function == .add && canAdd: copy.adds = true
    case is Sum where canAdd: copy.adds = true
    default: return nil
    }
    let affine = copy.normalization.map { ConvolutionWeights.Affine(scale: $0.scale, shift: $0.shift) }
    copy.prepared =
      forms[ConvolutionForms.Form(affine: affine, adds: copy.adds, rectifier: copy.rectifier?.function)]
    return copy
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let operands = pass.operands
    let run = try prepared.forward(operands[0], on: engine)
    if !run.passesNonFinite, !pass.operandsAreBounded(isTame) {
      return try plainForward(operands, on: engine)
    }
    let output = run.isFused ? pass.output(run.destination, on: engine) : engine.allocate(run.destination)
    try run.execute(
      engine.reorder(operands[0], to: run.source.format), bias: prepared.weights.bias(on: engine),
      addend: adds && run.isFused ? engine.reorder(operands[1], to: run.destination.format) : nil, into: output,
      on: engine)
    return run.isFused ? ForwardResult(output) : try tail(output, operands, on: engine)
  }

  /// Whether all sums of products, and all that Winograd's algorithm makes of them, are finite, where no |x| of an operand exceeds
  /// `magnitude` of its index.
  ///
  /// The algorithm's transforms enlarge inputs and sums by less than 2¹⁶ together.
  private func isTame(_ magnitude: (Int) -> Float) -> Bool { boundOfSums(magnitude) < 0x1p96 }

  func bound(ofOperands count: Int, _ magnitude: (Int) -> Float) -> Float {
    let sum = boundOfSums(magnitude)
    return rectifier?.bound(ofOperands: 1) { _ in sum } ?? sum
  }

  private func boundOfSums(_ magnitude: (Int) -> Float) -> Float {
    let gain = prepared.weights.gain
    return gain.factor * magnitude(0) + gain.offset + (adds ? magnitude(1) : 0)
  }

  /// The convolution by oneDNN's primitive alone, and then what follows it: slower, and what is infinite or not a number comes
  /// out as it would by the definition.
  private func plainForward(_ operands: [Memory], on engine: Engine) throws -> ForwardResult {
    let run = try prepared.plainForward(source: operands[0].shape, on: engine)
    let sum = engine.allocate(run.destination)
    try run.execute(
      engine.reorder(operands[0], to: run.source.format), bias: prepared.weights.bias(on: engine), addend: nil,
      into: sum, on: engine)
    return try tail(sum, operands, on: engine)
  }

  /// What is fused in, done on its own: for kernels that cannot.
  private func tail(_ sum: Memory, _ operands: [Memory], on engine: Engine) throws -> ForwardResult {
    let total = adds ? try engine.combine(.add, sum, operands[1]) : sum
    return try rectifier?.forward([total], on: engine) ?? ForwardResult(total)
  }

  var sumsGradients: Bool { rectifier != nil }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard var gradient = pass.gradients[0] else { return pass.operands.map { _ in nil } }
    if let rectifier {
      gradient = try RectifierGradient(rectifier).apply(
        gradient, addend: pass.addend, output: pass.outputs[0], rules: pass.rules, on: engine)
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

  /// dx from dy, a batch of any size.
  func backwardData(_ gradient: Memory, source: [Int], on engine: Engine) throws -> Memory {
    let run = try prepared.backward(gradient, source: source, on: engine)
    let result = engine.allocate(run.destination)
    try run.execute(
      engine.reorder(gradient, to: run.source.format), bias: nil, addend: nil, into: result, on: engine)
    return result
  }

  var fusedKinds: [String] { (adds ? ["Add"] : []) + (rectifier == nil ? [] : ["Rectifier"]) }

  var parameterCount: Int { weights.count + (bias?.count ?? 0) }

  func multiplications(_ operands: [[Int]], output: [Int]) -> Int {
    output.elementCount * weights.count / weights.shape[0]
  }
}
