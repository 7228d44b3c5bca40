import NeuralNetwork
import Saliency
import Site

/// A part of a gallery's figures: one of several that are about as costly.
///
/// Which part a figure belongs to follows from the content alone, so that machines which share nothing but the content
/// agree about it.
public struct Shard: Hashable, Sendable, CustomStringConvertible {
  /// Which part, counted from 1.
  public let index: Int
  /// How many parts there are.
  public let count: Int

  /// Reads `2/4`, the second of four.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1], (1...100_000).contains(count),
      (1...count).contains(index)
    else { return nil }
    self.index = index
    self.count = count
  }

  /// All of it.
  public static let whole = Shard(index: 1, count: 1)

  private init(index: Int, count: Int) {
    self.index = index
    self.count = count
  }

  /// `2/4`.
  public var description: String { "\(index)/\(count)" }

  /// The groups of this part, in their order: the costliest first goes to the part that has the least so far.
  func part(of groups: [GalleryPlan.Group]) -> [GalleryPlan.Group] {
    var loads = [Double](repeating: 0, count: count)
    var mine: [Int] = []
    let costs = groups.map(\.cost)
    for group in groups.indices.sorted(by: { (costs[$1], $0) < (costs[$0], $1) }) {
      let part = loads.indices.min { loads[$0] < loads[$1] } ?? 0
      loads[part] += costs[group]
      if part == index - 1 { mine.append(group) }
    }
    return mine.sorted().map { groups[$0] }
  }
}

extension GalleryPlan.Group {
  /// About how many floating-point operations the group costs.
  fileprivate var cost: Double {
    let passes = figures.reduce(1.0) { $0 + $1.passes(input: model.facts.inputShape) }
    // Decoding, painting and encoding cost about as much as two billion operations of a network.
    return Double(model.facts.operations) * passes + 2e9
  }
}

extension PlannedFigure {
  /// Backward runs to the input, of which one to a layer alone is short, and runs on other pictures than the one explained.
  ///
  /// - Parameter input: the shape of the network's input.
  fileprivate func passes(input: [Int]) -> Double {
    let needs = methods.reduce(into: Needs()) { $0.formUnion($1.needs) }
    let gradients = [Needs.guidedInputGradient, .inputGradient, .deconvolvedInputGradient].count { needs.contains($0) }
    return Double(subjectCount) * (Double(gradients) + (layers.isEmpty ? 0 : 0.2)) + furtherRuns(input: input)
  }

  /// How many classes and other targets are explained.
  private var subjectCount: Int { classes.count + targets.count }

  /// Runs of the network on other pictures than the one explained, and of networks that have lost weights: for methods that ask about
  /// many pictures, and for evidence.
  ///
  /// - Parameter input: the shape of the network's input.
  func furtherRuns(input: [Int]) -> Double {
    let cells = Cell.computed(methods, at: layers.map(\.layer))
    // A forward run serves all of them.
    let pictures = cells.reduce(0.0) { sum, cell in
      let pictures = cell.method.pictures(input: input, at: cell.layer)
      return sum + Double(pictures.count) * (pictures.takesGradients ? 1 + Double(subjectCount) : 1)
    }
    guard request.measuresEvidence else { return pictures }
    let curves = cells.count * subjectCount * FaithfulnessMeter.runs(input: input, step: nil)
    return pictures * Double(1 + WeightRandomization.mostDepths)
      + Double(curves + WeightRandomization.mostDepths * (2 + subjectCount))
  }
}
