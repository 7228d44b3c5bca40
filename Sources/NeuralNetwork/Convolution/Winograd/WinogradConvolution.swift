/// A 3×3 convolution with stride 1 by Winograd's algorithm, for activations blocked by 8 channels.
///
/// Forward and backward are one: the gradient at the input is the convolution of the gradient at the output with the
/// filters turned by 180° and inputs and outputs exchanged.
struct WinogradConvolution: ConvolutionRun {
  let source: Layout
  let destination: Layout
  let isFused = true
  /// Sums of a tile's pixels would spread what one of them is.
  let passesNonFinite = false
  private let grid: TileGrid
  private let rectifier: ElementwiseFunction?
  private let weights: WinogradWeights
  private let inputChannels: Int
  private let outputChannels: Int

  /// - Parameters:
  ///   - source: [N, C, H, W].
  ///   - destination: [N, M, H′, W′].
  ///   - padding: zeros above and left of the input.
  ///   - rectifier: what follows the addition, if anything does.
  init(
    source: [Int], destination: [Int], padding: [Int], rectifier: ElementwiseFunction?, weights: WinogradWeights
  ) {
    self.source = Layout(source, .blocked8)
    self.destination = Layout(destination, .blocked8)
    self.rectifier = rectifier
    self.weights = weights
    inputChannels = source[1]
    outputChannels = destination[1]
    grid = TileGrid(weights.transform, source: source, destination: destination, padding: padding)
  }

  /// The transform with which the algorithm is faster than a direct convolution; `nil` where it is not, or does not apply.
  ///
  /// - Parameters:
  ///   - source: [N, C, H, W].
  ///   - destination: [N, M, H′, W′].
  static func transform(window: Window, source: [Int], destination: [Int]) -> WinogradTransform? {
    let unit = [1, 1]
    guard window.kernel == [3, 3], window.strides == unit, window.dilations == unit,
      window.padsBegin.allSatisfy({ $0 <= 2 }), source[1] % 8 == 0, destination[1] % 8 == 0,
      max(source[1], destination[1]) <= TileChannels.most
    else { return nil }
    // With few channels the transforms cost more than the products save. The filters grow fourfold, or nearly twofold:
    // where few tiles share them, reading them takes the time that is saved, unless they stay in the caches.
    func tiles(_ transform: WinogradTransform) -> Int {
      TileGrid(transform, source: source, destination: destination, padding: window.padsBegin).count
    }
    let (least, pairs) = (min(source[1], destination[1]), source[1] * destination[1])
    if least >= 32 && tiles(.large) >= 32 || least >= 64 && tiles(.large) >= 16 && pairs <= 256 * 256 { return .large }
    return least >= 64 && tiles(.small) >= 16 ? .small : nil
  }

  func execute(
    _ source: Memory, bias: Memory?, addend: Memory?, into destination: Memory, on engine: Engine
  ) throws {
    let pass = WinogradPass(
      inputs: InputTiles(grid: grid, channelBlocks: inputChannels / 8, address: source.floats),
      outputs: OutputTiles(
        grid: grid, channelBlocks: outputChannels / 8, address: destination.floats,
        bias: bias.map { UnsafePointer($0.floats) }, addend: addend.map { UnsafePointer($0.floats) },
        rectifier: rectifier),
      weights: weights, engine: engine)
    pass.run()
  }
}
