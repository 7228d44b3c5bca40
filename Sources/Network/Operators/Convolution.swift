import CKernels
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

  let weights: Constant
  let bias: Constant?
  let groups: Int
  let window: Window
  /// Folded into the weights: y = (x ∗ w + b) · scale + shift.
  private(set) var normalization: BatchNormalization?
  /// Whether a second operand is added before the rectifier.
  private(set) var adds = false
  private(set) var rectifier: Rectifier?
  private let prepared = PreparedConvolution()

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
    try forward(
      operands, on: engine, operandsAreTame: { isTame { operands[$0].greatestMagnitude } }, output: engine.allocate)
  }

  /// - Parameters:
  ///   - operandsAreTame: whether the sums of their products are finite by far (``isTame(_:)``).
  ///   - output: where to write a result of this layout.
  func forward(
    _ operands: [Memory], on engine: Engine, operandsAreTame: () -> Bool, output: (Layout) -> Memory
  ) throws -> ForwardResult {
    let run =
      try sparseForward(operands[0], on: engine)
      ?? prepared.forward { try prepareForward(source: operands[0].shape, on: engine) }
    if !run.passesNonFinite, !operandsAreTame() {
      return try plainForward(operands, on: engine)
    }
    let output = run.isFused ? output(run.destination) : engine.allocate(run.destination)
    try run.execute(
      engine.reorder(operands[0], to: run.source.format), bias: biasMemory(on: engine),
      addend: adds && run.isFused ? engine.reorder(operands[1], to: run.destination.format) : nil, into: output,
      on: engine)
    return run.isFused ? ForwardResult(output) : try tail(output, operands, on: engine)
  }

  /// Whether all sums of products, and all that Winograd's algorithm makes of them, are finite, where no |x| of an operand exceeds
  /// `magnitude` of its index.
  ///
  /// The algorithm's transforms enlarge inputs and sums by less than 2¹⁶ together.
  func isTame(_ magnitude: (Int) -> Float) -> Bool { boundOfSums(magnitude) < 0x1p96 }

  func bound(ofOperands count: Int, _ magnitude: (Int) -> Float) -> Float {
    let sum = boundOfSums(magnitude)
    return rectifier?.bound(ofOperands: 1) { _ in sum } ?? sum
  }

  private func boundOfSums(_ magnitude: (Int) -> Float) -> Float {
    let gain = prepared.gain { self.gain }
    return gain.factor * magnitude(0) + gain.offset + (adds ? magnitude(1) : 0)
  }

  /// How far an output can lie above an input: the largest sum of a filter's magnitudes, and the largest bias.
  private var gain: (factor: Float, offset: Float) {
    let (channels, bytes) = (weights.shape[0], weights.bytes)
    let size = weights.count / max(channels, 1)
    var sums = [Float](repeating: 0, count: channels)
    sums.withUnsafeMutableBufferPointer { sums in
      // Unchecked, because each call has an element of its own.
      nonisolated(unsafe) let (sums, start) = (sums, bytes.buffer.baseAddress)
      Threads.forEach(channels) { channel in
        guard let row = start.map({ $0 + channel * size * MemoryLayout<Float>.size }) else { return }
        // Bytes that may be misaligned, which the loop allows.
        let sum = sum_of_magnitudes(row.assumingMemoryBound(to: Float.self), size)
        sums[channel] = sum * abs(normalization?.scale[channel] ?? 1)
      }
    }
    // An infinite sum times zero is no number, and no bound.
    return (sums.reduce(0) { max($0, $1.isFinite ? $1 : .infinity) }, foldedBias().reduce(0) { max($0, abs($1)) })
  }

  /// The convolution by oneDNN's primitive alone, and then what follows it: slower, and what is infinite or not a number comes
  /// out as it would by the definition.
  private func plainForward(_ operands: [Memory], on engine: Engine) throws -> ForwardResult {
    let run = try prepared.plainForward { try directForward(source: operands[0].shape, isAlone: true, on: engine) }
    let sum = engine.allocate(run.destination)
    try run.execute(
      engine.reorder(operands[0], to: run.source.format), bias: biasMemory(on: engine), addend: nil, into: sum,
      on: engine)
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
      gradient = try RectifierGradient(rectifier: rectifier).apply(
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
    let run =
      try sparseBackward(gradient, source: source, on: engine)
      ?? prepared.backward(batch: source[0]) {
        try prepareBackward(source: source, destination: gradient.shape, on: engine)
      }
    let result = engine.allocate(run.destination)
    try run.execute(
      engine.reorder(gradient, to: run.source.format), bias: nil, addend: nil, into: result, on: engine)
    return result
  }

  private func prepareForward(source: [Int], on engine: Engine) throws -> any ConvolutionRun {
    let destination = try outputShapes([source])[0]
    if let transform = winogradTransform(source, destination) {
      return WinogradConvolution(
        source: source, destination: destination, padding: window.padsBegin, rectifier: rectifier?.function,
        weights: winogradWeights(transform, source[1], destination[1], transposed: false, on: engine))
    }
    return try directForward(source: source, on: engine)
  }

  /// - Parameter isAlone: whether nothing is fused in.
  func directForward(source: [Int], isAlone: Bool = false, on engine: Engine) throws -> DirectConvolution {
    try DirectConvolution(
      ConvolutionForward(
        source: source, weights: groupedShape, hasBias: hasBias, destination: outputShapes([source])[0],
        window: window),
      adds: adds && !isAlone, rectifier: isAlone ? nil : rectifier?.function, on: engine
    ) { try directWeights(as: $0, on: engine) }
  }

  private func prepareBackward(source: [Int], destination: [Int], on engine: Engine) throws -> any ConvolutionRun {
    if groups == 1, PatchConvolution.applies(window: window, source: destination, destination: source) {
      return PatchConvolution(
        source: destination, destination: source, window: window, weights: patchWeights(on: engine))
    }
    if let transform = winogradTransform(source, destination) {
      return WinogradConvolution(
        source: destination, destination: source, padding: window.padsBegin.map { 2 - $0 }, rectifier: nil,
        weights: winogradWeights(transform, destination[1], source[1], transposed: true, on: engine))
    }
    return try directBackward(source: source, destination: destination, on: engine)
  }

  func directBackward(source: [Int], destination: [Int], on engine: Engine) throws -> DirectConvolution {
    try DirectConvolution(
      ConvolutionBackwardData(source: source, weights: groupedShape, destination: destination, window: window),
      on: engine
    ) { try directWeights(as: $0, on: engine) }
  }

  /// A run that leaves out what is zero in `input`, if that is much.
  private func sparseForward(_ input: Memory, on engine: Engine) throws -> SparseConvolution? {
    guard groups == 1, input.shape.count == 4 else { return nil }
    return sparseRun(
      input, destination: try outputShapes([input.shape])[0], isBackward: false, rectifier: rectifier?.function,
      on: engine)
  }

  /// A run that leaves out what is zero in `gradient`, if that is much.
  private func sparseBackward(_ gradient: Memory, source: [Int], on engine: Engine) -> SparseConvolution? {
    guard groups == 1, source.count == 4 else { return nil }
    return sparseRun(gradient, destination: source, isBackward: true, rectifier: nil, on: engine)
  }

  private func sparseRun(
    _ source: Memory, destination: [Int], isBackward: Bool, rectifier: ElementwiseFunction?, on engine: Engine
  ) -> SparseConvolution? {
    guard
      SparseConvolution.pays(
        source, destination: destination, window: window, isBackward: isBackward,
        insteadOf: winogradTransform(source.shape, destination))
    else { return nil }
    return prepared.sparse(isBackward: isBackward, batch: source.shape[0]) {
      SparseConvolution(
        source: source.shape, destination: destination, window: window, isBackward: isBackward, rectifier: rectifier,
        weights: sparseWeights(transposed: isBackward, on: engine))
    }
  }

  private func sparseWeights(transposed: Bool, on engine: Engine) -> SparseWeights {
    prepared.sparseWeights(transposed: transposed) {
      let values = foldedWeights(on: engine).0.unalignedFloats
      let (outputs, inputs, taps) = (weights.shape[0], weights.shape[1], window.kernel.elementCount)
      let (channels, columns) = transposed ? (outputs, inputs) : (inputs, outputs)
      return SparseWeights(
        taps: taps, channels: channels, columns: columns, widest: SparseConvolution.widest, on: engine
      ) { tap, channel, column in
        let (output, input) = transposed ? (channel, column) : (column, channel)
        return values[(output * inputs + input) * taps + tap]
      }
    }
  }

  /// For each channel of the output a patch of the input.
  private func patchWeights(on engine: Engine) -> SparseWeights {
    prepared.sparseWeights(transposed: true) {
      let values = foldedWeights(on: engine).0.unalignedFloats
      let (outputs, inputs, taps) = (weights.shape[0], weights.shape[1], window.kernel.elementCount)
      let columns = PatchConvolution.columns(window: window, channels: inputs)
      return SparseWeights(
        taps: 1, channels: outputs, columns: columns, widest: PatchConvolution.widest, on: engine
      ) { _, output, column in
        PatchConvolution.element(of: column, window: window, channels: inputs)
          .map { values[(output * inputs + $0.channel) * taps + $0.tap] } ?? 0
      }
    }
  }

  private func winogradTransform(_ source: [Int], _ destination: [Int]) -> WinogradTransform? {
    guard groups == 1, source.count == 4 else { return nil }
    return WinogradConvolution.transform(window: window, source: source, destination: destination)
  }

  private func directWeights(as descriptor: Descriptor, on engine: Engine) throws -> OpaqueMemory {
    try prepared.weights(as: descriptor) {
      let (plain, shape) = foldedWeights(on: engine)
      return try engine.pack(plain, shape: shape, as: descriptor)
    }
  }

  private func winogradWeights(
    _ transform: WinogradTransform, _ inputChannels: Int, _ outputChannels: Int, transposed: Bool, on engine: Engine
  ) -> WinogradWeights {
    prepared.winogradWeights(transform, transposed: transposed) {
      WinogradWeights(
        transform, of: foldedWeights(on: engine).0, inputChannels: inputChannels, outputChannels: outputChannels,
        transposed: transposed, on: engine)
    }
  }

  private var hasBias: Bool { bias != nil || normalization != nil }

  private var groupedShape: [Int] {
    groups == 1
      ? weights.shape : [groups, weights.shape[0] / groups, weights.shape[1]] + weights.shape.dropFirst(2)
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

  /// The bias in memory, if there is one.
  func biasMemory(on engine: Engine) -> Memory? {
    guard hasBias else { return nil }
    return prepared.bias {
      let values = foldedBias()
      return engine.upload(Tensor(shape: [values.count], values))
    }
  }

  /// b · scale + shift.
  private func foldedBias() -> [Float] {
    let bias = bias?.floats ?? [Float](repeating: 0, count: weights.shape[0])
    guard let normalization else { return bias }
    return zip(bias, zip(normalization.scale, normalization.shift)).map { $0 * $1.0 + $1.1 }
  }
}
