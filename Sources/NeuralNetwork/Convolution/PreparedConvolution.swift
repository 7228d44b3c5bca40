/// A convolution with what is fused in, prepared for its shapes: which way suits what is multiplied, and what that way needs.
final class PreparedConvolution {
  private struct SparseWay: Hashable {
    let isBackward: Bool
    let batch: Int
  }

  let weights: ConvolutionWeights
  private let window: Window
  private let adds: Bool
  private let rectifier: ElementwiseFunction?

  // By the size of the batch.
  private var forward: [Int: any ConvolutionRun] = [:]
  private var plainForward: [Int: any ConvolutionRun] = [:]
  private var backward: [Int: any ConvolutionRun] = [:]
  private var sparse: [SparseWay: SparseConvolution] = [:]

  /// - Parameters:
  ///   - adds: whether a second tensor is added to the sums.
  ///   - rectifier: what follows the addition, if anything does.
  init(_ weights: ConvolutionWeights, window: Window, adds: Bool, rectifier: ElementwiseFunction?) {
    self.weights = weights
    self.window = window
    self.adds = adds
    self.rectifier = rectifier
  }

  /// The run that is fastest for x, which is [N, C, H, W].
  func forward(_ source: Memory, on engine: Engine) throws -> any ConvolutionRun {
    let destination = destination(of: source.shape)
    if let run = sparseRun(source, destination: destination, isBackward: false, on: engine) { return run }
    if let known = forward[source.shape[0]] { return known }
    let run = try prepareForward(source: source.shape, destination: destination, on: engine)
    forward[source.shape[0]] = run
    return run
  }

  /// The run of oneDNN's primitive with nothing fused in.
  func plainForward(source: [Int], on engine: Engine) throws -> any ConvolutionRun {
    if let known = plainForward[source[0]] { return known }
    let run = try directForward(source: source, isAlone: true, on: engine)
    plainForward[source[0]] = run
    return run
  }

  /// The run that is fastest for dy; dx has the shape `source`.
  func backward(_ gradient: Memory, source: [Int], on engine: Engine) throws -> any ConvolutionRun {
    if let run = sparseRun(gradient, destination: source, isBackward: true, on: engine) { return run }
    if let known = backward[source[0]] { return known }
    let run = try prepareBackward(source: source, destination: gradient.shape, on: engine)
    backward[source[0]] = run
    return run
  }

  private func destination(of source: [Int]) -> [Int] {
    [source[0], weights.outputChannels] + window.outputSize(Array(source.dropFirst(2)))
  }

  private func prepareForward(source: [Int], destination: [Int], on engine: Engine) throws -> any ConvolutionRun {
    if let transform = winogradTransform(source, destination) {
      return WinogradConvolution(
        source: source, destination: destination, padding: window.padsBegin, rectifier: rectifier,
        weights: weights.transformed(transform, transposed: false, on: engine))
    }
    return try directForward(source: source, on: engine)
  }

  /// oneDNN's primitive, with or without what is fused in.
  func directForward(source: [Int], isAlone: Bool = false, on engine: Engine) throws -> DirectConvolution {
    try DirectConvolution(
      ConvolutionForward(
        source: source, weights: weights.shape, hasBias: weights.hasBias, destination: destination(of: source),
        window: window),
      adds: adds && !isAlone, rectifier: isAlone ? nil : rectifier, on: engine
    ) { try weights.packed(as: $0, on: engine) }
  }

  private func prepareBackward(source: [Int], destination: [Int], on engine: Engine) throws -> any ConvolutionRun {
    if weights.isDense, PatchConvolution.applies(window: window, source: destination, destination: source) {
      return PatchConvolution(
        source: destination, destination: source, window: window, weights: weights.patches(of: window, on: engine))
    }
    if let transform = winogradTransform(source, destination) {
      return WinogradConvolution(
        source: destination, destination: source, padding: window.padsBegin.map { 2 - $0 }, rectifier: nil,
        weights: weights.transformed(transform, transposed: true, on: engine))
    }
    return try directBackward(source: source, on: engine)
  }

  /// oneDNN's primitive for the way back to x, whose shape is `source`.
  func directBackward(source: [Int], on engine: Engine) throws -> DirectConvolution {
    try DirectConvolution(
      ConvolutionBackwardData(
        source: source, weights: weights.shape, destination: destination(of: source), window: window),
      on: engine
    ) { try weights.packed(as: $0, on: engine) }
  }

  /// A run that leaves out what is zero in `source`, if that is much.
  private func sparseRun(
    _ source: Memory, destination: [Int], isBackward: Bool, on engine: Engine
  ) -> SparseConvolution? {
    guard weights.isDense, source.shape.count == 4,
      SparseConvolution.pays(
        source, destination: destination, window: window, isBackward: isBackward,
        insteadOf: winogradTransform(source.shape, destination))
    else { return nil }
    let way = SparseWay(isBackward: isBackward, batch: source.shape[0])
    if let known = sparse[way] { return known }
    let run = SparseConvolution(
      source: source.shape, destination: destination, window: window, isBackward: isBackward,
      rectifier: isBackward ? nil : rectifier, weights: weights.sparse(transposed: isBackward, on: engine))
    sparse[way] = run
    return run
  }

  private func winogradTransform(_ source: [Int], _ destination: [Int]) -> WinogradTransform? {
    guard weights.isDense, source.count == 4 else { return nil }
    return WinogradConvolution.transform(window: window, source: source, destination: destination)
  }
}
