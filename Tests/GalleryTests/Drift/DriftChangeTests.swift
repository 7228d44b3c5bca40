import Foundation
import Imaging
import NeuralNetwork
import TestSupport
import Testing

@testable import Gallery

/// Numbers that are compared with scipy's and numpy's: `spearmanr`, and the intersection over union of what
/// `argsort(-values, kind="stable")` puts first.
@Suite("The change of a map")
struct DriftChangeTests {
  /// (i²·a + i·b + c) mod m.
  private static func sequence(_ count: Int, _ a: Int, _ b: Int, _ c: Int, _ m: Int) -> [Float] {
    (0..<count).map { Float(($0 * $0 * a + $0 * b + c) % m) }
  }

  private static func sum(_ a: [Float], _ b: [Float], less: Float) -> [Float] { zip(a, b).map { $0 + $1 - less } }

  private static func map(_ values: [Float]) throws -> DriftResult {
    let side = Int(Double(values.count).squareRoot())
    return try #require(DriftResult(Tensor(shape: [side, side], values), isSigned: false))
  }

  private static func side(
    _ result: DriftResult, value: Float? = 1, probability: Float? = 0.5, rank: Int? = 1
  ) -> DriftSide {
    DriftSide(
      place: DriftSide.Place(
        network: "", image: "a.png", inputs: "", subject: "mug", classIndex: 1, method: "grad-cam", layer: nil,
        variant: ""), value: value, probability: probability, rank: rank
    ) { result }
  }

  private func change(_ a: DriftResult, _ b: DriftResult) throws -> DriftChange {
    try DriftChange(Self.side(a), Self.side(b))
  }

  private func expect(
    _ change: DriftChange, spearman: Double, overlap: Double, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let rho = try #require(change.spearman, sourceLocation: sourceLocation)
    let shared = try #require(change.overlap, sourceLocation: sourceLocation)
    #expect(deviation([rho], from: [spearman]) < 1e-6, sourceLocation: sourceLocation)
    #expect(deviation([shared], from: [overlap]) < 1e-12, sourceLocation: sourceLocation)
    #expect(!change.isApart && !change.isLacking, sourceLocation: sourceLocation)
  }

  private static let rectified = sequence(49, 13, 5, 7, 101).map { max($0 - 50, 0) }

  @Test("ranks with ties and the top 15 % of rectified maps are scipy's")
  func rectified() throws {
    let other = Self.sum(Self.rectified, Self.sequence(49, 7, 3, 2, 61), less: 40).map { max($0, 0) }
    try expect(
      try change(Self.map(Self.rectified), Self.map(other)), spearman: 0.7197757735306957, overlap: 0.45454545454545453)
  }

  @Test("of a signed map the values farthest from zero are the strongest")
  func signed() throws {
    let first = Self.sequence(49, 13, 5, 7, 101).map { $0 - 50 }
    let second = Self.sum(first, Self.sequence(49, 7, 3, 2, 61), less: 30)
    let results = try [first, second].map {
      try #require(DriftResult(Tensor(shape: [7, 7], $0), isSigned: true))
    }
    try expect(
      try change(results[0], results[1]), spearman: 0.8527377956704295, overlap: 0.45454545454545453)
  }

  @Test("maps of other sizes are upsampled as PyTorch does, and that is said")
  func sizes() throws {
    let found = try change(Self.map(Self.rectified), Self.map(Self.sequence(25, 11, 4, 3, 47)))
    let rho = try #require(found.spearman)
    #expect(found.overlap == 0 && deviation([rho], from: [0.028381729798999326]) < 1e-6)
    #expect(found.notes == ["The maps have 7 × 7 and 5 × 5 cells, and are compared at 7 × 7."])
  }

  @Test("a gradient counts by the sum of its channels' magnitudes")
  func gradient() throws {
    let first = Self.sequence(108, 17, 9, 4, 89).map { $0 - 44 }
    let second = Self.sum(first, Self.sequence(108, 5, 2, 1, 31), less: 15)
    let results = try [first, second].map {
      try #require(DriftResult(Tensor(shape: [3, 6, 6], $0), isSigned: false))
    }
    try expect(try change(results[0], results[1]), spearman: 0.8316558706353957, overlap: 0.2)
  }

  @Test("an equal map is equal, and so are two blank ones")
  func equal() throws {
    let map = try Self.map(Self.rectified)
    let same = try change(map, map)
    #expect(same.spearman == 1 && same.overlap == 1 && same.amount == 0)
    let blank = try change(Self.map([0, -1, 0, -2]), Self.map([0, 0, 0, 0]))
    #expect(blank.overlap == 1 && blank.spearman == nil && blank.amount == 0 && !blank.isApart)
    #expect(blank.notes == ["Both maps are blank."])
    #expect(DriftLimits().exceeded(by: same) == [] && DriftLimits().exceeded(by: blank) == [])
  }

  @Test("a map that is blank on one side, constant, or not finite is the greatest change")
  func apart() throws {
    let map = try Self.map([0, 1, 2, 3])
    for (a, b, note) in [
      (map, try Self.map([0, 0, 0, 0]), "B’s map is blank, A’s is not."),
      (try Self.map([0, 0, 0, 0]), map, "A’s map is blank, B’s is not."),
      (map, try Self.map([2, 2, 2, 2]), "The rank correlation is not a number: B’s map is the same everywhere."),
      (try Self.map([0, .nan, 1, 1]), map, "A’s map holds values that are not finite."),
      (map, .none, "B has no raw values of it."), (map, .box(nil), "One is a map and the other a box."),
    ] {
      let found = try change(a, b)
      #expect(found.isApart && found.amount == 1 && found.spearman == nil && found.notes == [note])
      #expect(DriftLimits().exceeded(by: found) == [.map])
    }
    let both = try change(Self.map([2, 2, 2, 2]), Self.map([3, 3, 3, 3]))
    #expect(!both.isApart && both.overlap == 1 && both.spearman == nil)
    #expect(both.notes == ["The rank correlation is not a number: both maps are the same everywhere."])
  }

  @Test("boxes count by what they have in common")
  func boxes() throws {
    let box = Rect(x: 0, y: 0, width: 10, height: 10)
    let other = Rect(x: 5, y: 0, width: 10, height: 10)
    let shared = try #require(change(.box(box), .box(other)).overlap)
    #expect(deviation([shared], from: [1.0 / 3]) < 1e-6)
    #expect(try change(.box(nil), .box(nil)).overlap == 1)
    let gone = try change(.box(box), .box(nil))
    #expect(gone.isApart && gone.notes == ["B has no box, A has one."])
  }

  @Test("each limit is one of its own, and what is at it is within")
  func limits() throws {
    let map = try Self.map(Self.rectified)
    let found = try DriftChange(
      Self.side(map, value: 1, probability: 0.5, rank: 1), Self.side(map, value: 1.5, probability: 0.25, rank: 3))
    #expect(found.value == 0.5 && found.rank == 2 && found.amount == 0.25)
    func kinds(_ limits: DriftLimits) -> [DriftChange.Kind] { limits.exceeded(by: found) }
    #expect(kinds(DriftLimits()) == [.logit, .rank])
    #expect(kinds(DriftLimits(logit: 0.5, rank: 1, rankCorrelation: 1, overlap: 1)) == [.rank])
    #expect(kinds(DriftLimits(logit: 0.49, rank: 2, rankCorrelation: 1, overlap: 1)) == [.logit])
    #expect(kinds(DriftLimits(logit: .infinity, rank: 2, rankCorrelation: 1, overlap: 1)) == [])
    let other = try change(map, Self.map(Self.rectified.reversed()))
    let (rho, shared) = (try #require(other.spearman), try #require(other.overlap))
    #expect(DriftLimits(logit: 0, rank: 0, rankCorrelation: rho, overlap: shared).exceeded(by: other) == [])
    let strict = DriftLimits(logit: 0, rank: 0, rankCorrelation: rho.nextUp, overlap: shared.nextUp)
    #expect(strict.exceeded(by: other) == [.correlation, .overlap])
  }
}
