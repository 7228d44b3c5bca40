import TestSupport
import Testing

@testable import NeuralNetwork

/// Convolutions that Winograd's algorithm computes, against the definition in double precision.
@Suite("Winograd convolution")
struct WinogradConvolutionTests {
  /// Sizes that are no multiple of a tile, both sizes of tiles, and both ways to share the work among threads.
  static let cases = [
    ConvolutionCase(channels: (64, 64), size: (21, 23), window: .square(3, pads: [1, 1, 1, 1])),
    ConvolutionCase(channels: (72, 56), size: (22, 21), window: .square(3, pads: [2, 1, 0, 2])),
    ConvolutionCase(channels: (192, 128), size: (24, 23), window: .square(3)),
    ConvolutionCase(channels: (128, 144), size: (7, 8), window: .square(3, pads: [1, 1, 1, 1])),
    ConvolutionCase(channels: (136, 128), size: (10, 9), window: .square(3, pads: [0, 2, 1, 0])),
  ]

  @Test("forward, with bias", arguments: cases)
  func forward(testCase: ConvolutionCase) throws {
    let transform = WinogradConvolution.transform(
      window: testCase.window, source: testCase.source, destination: testCase.destination)
    #expect(transform == (testCase.size.height > 10 ? .large : .small))
    let run = try ModelRun(model(testCase), inputs: [testCase.input])
    #expect(try deviation(run.output.values, from: testCase.output) < 1e-5)
  }

  @Test("backward, a batch of gradients", arguments: cases)
  func backward(testCase: ConvolutionCase) throws {
    let upstream = (4...5).map { noise(testCase.destination.elementCount, seed: $0) }
    let gradients = try ModelRun(model(testCase), inputs: [testCase.input]).gradients(upstream)
    for (dy, found) in zip(upstream, gradients) {
      #expect(deviation(found[0].values, from: testCase.inputGradient(of: dy)) < 1e-5)
    }
  }

  /// Every third channel is zero, and the next one in the upper half: what a rectifier leaves of a picture.
  private func patchy(_ shape: [Int], seed: Int) -> [Float] {
    let plane = shape[2] * shape[3]
    return noise(shape.elementCount, seed: seed).enumerated().map { index, value in
      let (channel, pixel) = (index / plane % 3, index % plane)
      return channel == 0 || channel == 1 && pixel < plane / 2 ? 0 : value
    }
  }

  @Test("channels that are zero, in some tiles or all", arguments: cases)
  func zeros(testCase: ConvolutionCase) throws {
    let x = patchy(testCase.source, seed: 3)
    let upstream = [
      patchy(testCase.destination, seed: 4), [Float](repeating: 0, count: testCase.destination.elementCount),
      patchy(testCase.destination, seed: 5),
    ]
    let run = try ModelRun(model(testCase), inputs: [Tensor(shape: testCase.source, x)])
    #expect(try deviation(run.output.values, from: testCase.output(of: x)) < 1e-5)
    let gradients = try run.gradients(upstream).map { $0[0].values }
    #expect(deviation(gradients[0], from: testCase.inputGradient(of: upstream[0])) < 1e-5)
    #expect(gradients[1].allSatisfy { $0 == 0 })
    #expect(deviation(gradients[2], from: testCase.inputGradient(of: upstream[2])) < 1e-5)
  }

  @Test("a picture of zeros gives the bias", arguments: cases)
  func nothing(testCase: ConvolutionCase) throws {
    let transform = try #require(
      WinogradConvolution.transform(
        window: testCase.window, source: testCase.source, destination: testCase.destination))
    let engine = try Engine()
    let filters = engine.upload(Tensor(shape: [testCase.weights.count], testCase.weights))
    let run = WinogradConvolution(
      source: testCase.source, destination: testCase.destination, padding: testCase.window.padsBegin, rectifier: nil,
      weights: WinogradWeights(
        transform, of: filters, inputChannels: testCase.channels.input, outputChannels: testCase.channels.output,
        transposed: false, on: engine))
    let zeros = [Float](repeating: 0, count: testCase.source.elementCount)
    let y = engine.allocate(run.destination)
    try run.execute(
      engine.reorder(engine.upload(Tensor(shape: testCase.source, zeros)), to: .blocked8),
      bias: engine.upload(Tensor(shape: [testCase.bias.count], testCase.bias)), addend: nil, into: y, on: engine)
    #expect(try engine.download(y).values.map(Double.init) == testCase.output(of: zeros))
  }

  @Test("an addition and a rectifier fused in", arguments: ["Relu", "Clip"])
  func fused(rectifier: String) throws {
    let testCase = Self.cases[0]
    var model = testCase.model
    model.input("z", testCase.destination)
    model.node("Add", ["y", "z"], ["s"])
    model.constant("zero", [], [0])
    model.constant("ten", [], [10])
    model.node(rectifier, rectifier == "Relu" ? ["s"] : ["s", "zero", "ten"], ["r"])
    model.output("r")
    let addend = noise(testCase.destination.elementCount, seed: 7)
    let run = try ModelRun(
      model, inputs: [testCase.input, Tensor(shape: testCase.destination, addend)])
    let expected = zip(testCase.output, addend).map {
      min(max($0 + Double($1), 0), rectifier == "Relu" ? .infinity : 10)
    }
    #expect(try deviation(run.output.values, from: expected) < 1e-5)
    #expect(run.plan.steps.count == 1)
  }

  @Test("what the algorithm does not do, or not faster, is left to direct convolutions")
  func leftAlone() {
    #expect(transform() == .large)
    #expect(transform { $0.strides = [2, 2] } == nil)
    #expect(transform { $0.dilations = [2, 2] } == nil)
    #expect(transform { $0.kernel = [5, 5] } == nil)
    #expect(transform { $0.padsBegin = [3, 1] } == nil)
    #expect(transform(channels: 68) == nil)
    #expect(transform(channels: 65544) == nil)
    #expect(transform(channels: 24) == nil)
    #expect(transform(channels: 512, size: 4) == nil)
  }

  @Test("small tiles, whose filters are smaller, where few would share those of large ones")
  func sizeOfTile() {
    #expect(transform(channels: 512, size: 28) == .large)
    #expect(transform(channels: 256, size: 14) == .large)
    #expect(transform(channels: 512, size: 14) == .small)
    #expect(transform(channels: 512, size: 7) == .small)
    #expect(transform(channels: 48, size: 7) == nil)
  }

  private func transform(
    _ change: (inout Window) -> Void = { _ in }, channels: Int = 64, size: Int = 56
  ) -> WinogradTransform? {
    var window = Self.cases[0].window
    change(&window)
    let shape = [1, channels, size, size]
    return WinogradConvolution.transform(window: window, source: shape, destination: shape)
  }

  private func model(_ testCase: ConvolutionCase) -> ONNXBuilder {
    var model = testCase.model
    model.output("y")
    return model
  }
}
