import TestSupport
import Testing

@testable import NeuralNetwork

/// Convolutions where most of what is multiplied is zero, forward and back, against the definition in double precision.
@Suite("Sparse convolutions")
struct SparseConvolutionTests {
  /// More channels than a part has, columns that come in uneven blocks, every width of a block, planes that are no multiple
  /// of a tile, odd rows, and enough pixels that each thread lists its own.
  static let cases =
    [
      ConvolutionCase(channels: (72, 136), size: (13, 11), window: .square(1)),
      ConvolutionCase(channels: (264, 64), size: (7, 7), window: .square(1)),
      ConvolutionCase(channels: (64, 264), size: (7, 7), window: .square(1)),
      ConvolutionCase(channels: (24, 72), size: (41, 31), window: .square(1)),
      ConvolutionCase(channels: (136, 24), size: (14, 9), window: .square(1, stride: 2)),
      ConvolutionCase(channels: (16, 16), size: (9, 12), window: .square(1, pads: [1, 0, 0, 2])),
      ConvolutionCase(channels: (24, 40), size: (15, 12), window: .square(3, stride: 2, pads: [1, 1, 1, 1])),
      ConvolutionCase(channels: (136, 8), size: (15, 15), window: .square(3, stride: 2, pads: [1, 1, 1, 1])),
      ConvolutionCase(channels: (32, 16), size: (12, 10), window: .square(3, dilation: 2, pads: [2, 2, 1, 0])),
      ConvolutionCase(channels: (8, 16), size: (110, 101), window: .square(2, stride: 3)),
      ConvolutionCase(channels: (8, 8), size: (5, 4), window: .square(2, stride: 3, pads: [0, 1, 3, 2])),
    ] + (1...8).map { ConvolutionCase(channels: (8 * $0, 8 * $0), size: (5, 6), window: .square(3)) }

  /// Images, for which patches are added up: one to four channels, kernels and strides of the networks that people have.
  static let images = [
    ConvolutionCase(channels: (3, 64), size: (40, 37), window: .square(7, stride: 2, pads: [3, 3, 3, 3])),
    ConvolutionCase(channels: (3, 16), size: (19, 22), window: .square(3, pads: [1, 1, 1, 1])),
    ConvolutionCase(channels: (3, 24), size: (51, 47), window: .square(11, stride: 4)),
    ConvolutionCase(channels: (1, 8), size: (28, 28), window: .square(5, pads: [0, 2, 1, 0])),
    ConvolutionCase(channels: (4, 16), size: (24, 24), window: .square(4, stride: 4)),
    ConvolutionCase(channels: (3, 8), size: (20, 21), window: .square(3, stride: 5, pads: [2, 0, 2, 3])),
  ]

  /// A gradient of which a fifth is not zero, and whole pixels are.
  private func sparse(_ count: Int, seed: Int) -> [Float] {
    zip(noise(count, seed: seed), noise(count, seed: seed + 100)).map { abs($1) < 0.2 ? $0 : 0 }
  }

  /// The weights by tap, packed for sparse products.
  private func weights(_ testCase: ConvolutionCase, transposed: Bool, on engine: Engine) -> SparseWeights {
    let (inputs, outputs) = testCase.channels
    let weights = Constant(shape: [outputs, inputs] + testCase.window.kernel, testCase.weights)
    return ConvolutionWeights(weights, bias: nil, groups: 1).sparse(transposed: transposed, on: engine)
  }

  @Test("forward, with what follows fused in", arguments: cases)
  func forward(testCase: ConvolutionCase) throws {
    let engine = try Engine()
    func upload(_ shape: [Int], _ values: [Float], _ format: Layout.Format = .blocked8) throws -> Memory {
      try engine.reorder(engine.upload(Tensor(shape: shape, values)), to: format)
    }
    let x = sparse(testCase.source.elementCount, seed: 3)
    let addend = noise(testCase.destination.elementCount, seed: 6)
    let run = SparseConvolution(
      source: testCase.source, destination: testCase.destination, window: testCase.window, isBackward: false,
      rectifier: .clip(lower: 0, upper: 1.5),
      weights: weights(testCase, transposed: false, on: engine))
    let y = engine.allocate(run.destination)
    try run.execute(
      upload(testCase.source, x), bias: upload([testCase.channels.output], testCase.bias, .plain),
      addend: upload(testCase.destination, addend), into: y, on: engine)
    let expected = zip(testCase.output(of: x), addend).map { min(max($0 + Double($1), 0), 1.5) }
    #expect(deviation(try engine.download(y).values, from: expected) < 1e-5)
  }

  @Test("back, a batch of gradients", arguments: cases)
  func backward(testCase: ConvolutionCase) throws {
    let engine = try Engine()
    let upstream =
      (4...5).map { sparse(testCase.destination.elementCount, seed: $0) }
      + [[Float](repeating: 0, count: testCase.destination.elementCount)]
    let dy = Tensor(shape: testCase.destination.batched(upstream.count), upstream.flatMap(\.self))
    let run = SparseConvolution(
      source: dy.shape, destination: testCase.source.batched(upstream.count), window: testCase.window,
      isBackward: true, weights: weights(testCase, transposed: true, on: engine))
    let dx = engine.allocate(run.destination)
    try run.execute(
      engine.reorder(engine.upload(dy), to: .blocked8), bias: nil, addend: nil, into: dx, on: engine)
    let found = try engine.download(dx).values
    let expected = upstream.flatMap { testCase.inputGradient(of: $0) }
    #expect(deviation(found, from: expected) < 1e-5)
    #expect(found.suffix(testCase.source.elementCount).allSatisfy { $0 == 0 })
  }

  @Test("back to images, a batch of gradients", arguments: images)
  func patches(testCase: ConvolutionCase) throws {
    var model = testCase.model
    model.output("y")
    let upstream =
      (4...5).map { sparse(testCase.destination.elementCount, seed: $0) }
      + [[Float](repeating: 0, count: testCase.destination.elementCount)]
    let gradients = try ModelRun(model, inputs: [testCase.input]).gradients(upstream)
    for (dy, found) in zip(upstream, gradients) {
      let expected = testCase.inputGradient(of: dy)
      if dy.contains(where: { $0 != 0 }) {
        #expect(deviation(found[0].values, from: expected) < 1e-5)
      } else {
        #expect(found[0].values.allSatisfy { $0 == 0 })
      }
    }
  }

  @Test(
    "which way is taken follows from what is multiplied",
    arguments: [
      (0.05, false, true, true), (0.1, true, true, true), (0.35, true, true, false), (0.3, false, true, false),
      (0.6, false, false, false), (0.5, true, true, false), (0.8, true, false, false),
    ] as [(Float, Bool, Bool, Bool)])
  func choice(density: Float, areNeighboursAlike: Bool, direct: Bool, winograd: Bool) throws {
    let engine = try Engine()
    let (values, filled) = (noise(12800, seed: 1), noise(12800, seed: 2))
    let x = Tensor(
      shape: [1, 128, 10, 10],
      values.indices.map { abs(filled[areNeighboursAlike ? $0 / 100 * 100 : $0]) < density ? values[$0] : 0 })
    let memory = try engine.reorder(engine.upload(x), to: .blocked8)
    func pays(_ transform: WinogradTransform?, channels: Int = 256) -> Bool {
      SparseConvolution.pays(
        memory, destination: [1, channels, 10, 10], window: .square(1), isBackward: true, insteadOf: transform)
    }
    #expect(pays(nil) == direct)
    #expect(pays(.large) == winograd)
    #expect(!pays(nil, channels: 252), "channels that fill no vector")
    #expect(!pays(nil, channels: 8), "lists that are read once")
  }
}
