import Imaging
import NeuralNetwork
import Saliency
import TestSupport
import Testing

@Suite("Maps are compared with where things are")
struct TruthMaskTests {
  /// The right half of a picture of 4 × 2 places.
  private let mask = TruthMask(of: PreparedInput(tensor: Tensor(shape: [1, 3, 2, 4]))) { x, _ in x >= 2 }

  private func map(_ values: [Float]) throws -> Heatmap { try Heatmap(width: 4, height: 2, values: values) }

  @Test("a place belongs to a thing where its middle does")
  func places() {
    #expect(mask.isInside == [false, false, true, true, false, false, true, true])
    #expect(mask.share == 0.5)
    let edge = TruthMask(of: PreparedInput(tensor: Tensor(shape: [1, 3, 1, 2]))) { x, _ in x >= 1.5 }
    #expect(edge.isInside == [false, true])
  }

  @Test("the pointing game asks where the maximum lies, and takes the first of several")
  func pointing() throws {
    #expect(mask.isPointed(by: try map([0, 1, 2, 0, 0, 0, 0, 0])))
    #expect(!mask.isPointed(by: try map([0, 3, 2, 0, 0, 0, 0, 0])))
    #expect(!mask.isPointed(by: try map([0, 2, 2, 0, 0, 0, 0, 0])))
    #expect(!mask.isPointed(by: try Heatmap(width: 2, height: 2, values: [0, 0, 0, 1])))
  }

  @Test("energy is the share of what is positive")
  func energy() throws {
    #expect(mask.energy(of: try map([0, 1, 3, 0, -5, 0, -7, 0])) == 0.75)
    #expect(mask.energy(of: try map([0, 0, 0, 0, -1, 0, 0, 0])) == 0)
  }
}
