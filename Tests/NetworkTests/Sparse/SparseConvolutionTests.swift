import TestSupport
import Testing

@testable import Network

/// The way back through convolutions where most of the gradient is zero, against the definition in double precision.
@Suite("Convolutions back from sparse gradients")
struct SparseConvolutionTests {
  /// More channels than a part has, columns that come in uneven blocks, every width of a block, and planes that are no
  /// multiple of a tile.
  static let cases =
    [
      ConvolutionCase(channels: (72, 136), size: (13, 11), window: .square(1)),
      ConvolutionCase(channels: (64, 264), size: (7, 7), window: .square(1)),
      ConvolutionCase(channels: (136, 24), size: (14, 9), window: .square(1, stride: 2)),
      ConvolutionCase(channels: (16, 16), size: (9, 12), window: .square(1, pads: [1, 0, 0, 2])),
      ConvolutionCase(channels: (24, 40), size: (15, 12), window: .square(3, stride: 2, pads: [1, 1, 1, 1])),
      ConvolutionCase(channels: (32, 16), size: (12, 10), window: .square(3, dilation: 2, pads: [2, 2, 1, 0])),
      ConvolutionCase(channels: (8, 16), size: (110, 101), window: .square(2, stride: 3)),
    ] + (1...8).map { ConvolutionCase(channels: (8 * $0, 16), size: (5, 6), window: .square(3)) }

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

  @Test("a batch of gradients", arguments: cases + images)
  func backward(testCase: ConvolutionCase) throws {
    var model = testCase.model
    model.output("y")
    let upstream =
      (4...5).map { sparse(testCase.destination.elementCount, seed: $0) }
      + [[Float](repeating: 0, count: testCase.destination.elementCount)]
    let gradients = try ModelRun(model, inputs: [testCase.input]).gradients(upstream)
    for (dy, found) in zip(upstream, gradients) {
      let expected = testCase.inputGradient(of: dy)
      if dy.contains(where: { $0 != 0 }) {
        #expect(relativeDeviation(found[0].values, from: expected) < 1e-5)
      } else {
        #expect(found[0].values.allSatisfy { $0 == 0 })
      }
    }
  }

  @Test(
    "which way is taken follows from the gradient",
    arguments: [(0.1, true, true), (0.4, true, false), (0.7, false, false)])
  func choice(density: Float, direct: Bool, winograd: Bool) throws {
    let engine = try Engine()
    let values = zip(noise(3200, seed: 1), noise(3200, seed: 2)).map { (abs($1) < density ? $0 : 0) as Float }
    let dy = try engine.reorder(engine.upload(Tensor(shape: [1, 32, 10, 10], values)), to: .blocked8)
    func pays(_ isWinograd: Bool, channels: Int = 16) -> Bool {
      SparseConvolution.pays(dy, destination: [1, channels, 10, 10], isWinograd: isWinograd)
    }
    #expect(pays(false) == direct)
    #expect(pays(true) == winograd)
    #expect(!pays(false, channels: 12))
  }
}
