import TestSupport
import Testing

@testable import Network

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
    #expect(try relativeDeviation(run.output.values, from: testCase.output) < 1e-5)
  }

  @Test("backward, a batch of gradients", arguments: cases)
  func backward(testCase: ConvolutionCase) throws {
    let upstream = (4...5).map { noise(testCase.destination.elementCount, seed: $0) }
    let gradients = try ModelRun(model(testCase), inputs: [testCase.input]).gradients(upstream)
    for (dy, found) in zip(upstream, gradients) {
      #expect(relativeDeviation(found[0].values, from: testCase.inputGradient(of: dy)) < 1e-5)
    }
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
    #expect(try relativeDeviation(run.output.values, from: expected) < 1e-5)
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
