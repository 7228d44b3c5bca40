import Foundation
import Imaging
import NeuralNetwork
import Saliency
import TestSupport
import Testing

/// Evidence against Quantus, a Python library of such measures: Fixtures/make_quantus_fixture.py makes the answers.
@Suite("Evidence agrees with Quantus")
struct QuantusParityTests {
  private struct Answers: Decodable {
    struct Curves: Decodable {
      let seed, classIndex, step: Int
      let deletion, insertion: [Double]
      let deletionAuc, insertionAuc: Double
    }

    struct Located: Decodable {
      let seed: Int
      let isPointed: Bool
      let energy: Double
    }

    struct Alike: Decodable {
      let seeds: [Int]
      let spearman, ssim: Double
    }

    let curves: Curves
    let located: [Located]
    let alike: [Alike]
  }

  private static let side = 128

  private let answers: Answers

  init() throws {
    let file = URL(fileURLWithPath: #filePath).appendingPathComponent("../../Fixtures/quantus.json").standardizedFileURL
    answers = try JSONDecoder().decode(Answers.self, from: Data(contentsOf: file))
  }

  /// Channels of 16 × 16 squares of 8 × 8 pixels.
  private static func squares(_ channels: Int, seed: Int) -> [Float] {
    let small = noise(channels * 256, seed: seed)
    return (0..<channels * side * side).map { index in
      let (channel, row, column) = (index / (side * side), index / side % side, index % side)
      return small[channel * 256 + row / 8 * 16 + column / 8]
    }
  }

  /// Squares, with a grain by which their pixels have an order.
  private static func map(_ seed: Int) throws -> Heatmap {
    let values = zip(squares(1, seed: seed), noise(side * side, seed: seed + 100)).map { $0 + $1 / 1024 }
    return try Heatmap(width: side, height: side, values: values)
  }

  /// From 0 to 1, the range that Quantus then finds, too.
  private static func ranged(_ seed: Int) throws -> Heatmap {
    let map = try Self.map(seed)
    let (low, high) = (try #require(map.values.min()), try #require(map.values.max()))
    return map.mapValues { ($0 - low) / (high - low) }
  }

  @Test("deletion and insertion are pixel flipping with the same step")
  func curves() throws {
    let expected = answers.curves
    let network = try Network(
      contentsOfFile: TabletopContent.original.appendingPathComponent("models/tabletop/model.onnx").path)
    let input = Tensor(shape: [1, 3, Self.side, Self.side], Self.squares(3, seed: 1))
    let found = try FaithfulnessMeter(network, input: input, step: expected.step).measure(
      Self.map(expected.seed), of: .class(expected.classIndex), subject: "")
    #expect(deviation(found.deletion, from: expected.deletion) <= 1e-4)
    #expect(deviation(found.insertion, from: expected.insertion) <= 1e-4)
    #expect(deviation([found.deletionAuc], from: [expected.deletionAuc]) <= 1e-4)
    #expect(deviation([found.insertionAuc], from: [expected.insertionAuc]) <= 1e-4)
  }

  @Test("the pointing game is the same, and energy is the localisation of positive attributions")
  func located() throws {
    let input = PreparedInput(tensor: Tensor(shape: [1, 3, Self.side, Self.side]))
    let mask = TruthMask(of: input) { x, y in (x - 48) * (x - 48) + (y - 72) * (y - 72) < 40 * 40 }
    #expect(Set(answers.located.map(\.isPointed)).count == 2)
    for expected in answers.located {
      let map = try Self.map(expected.seed)
      #expect(mask.isPointed(by: map) == expected.isPointed, "\(expected.seed)")
      #expect(deviation([mask.energy(of: map)], from: [expected.energy]) <= 1e-6, "\(expected.seed)")
    }
  }

  @Test("maps are as alike as those that its randomisation test compares")
  func alike() throws {
    #expect(!answers.alike.isEmpty)
    for expected in answers.alike {
      let (first, second) = (try #require(expected.seeds.first), try #require(expected.seeds.last))
      let likeness = Likeness(try Self.ranged(first), try Self.ranged(second))
      #expect(deviation([try #require(likeness.spearman)], from: [expected.spearman]) <= 1e-6)
      #expect(deviation([try #require(likeness.ssim)], from: [expected.ssim]) <= 1e-6)
    }
  }
}
