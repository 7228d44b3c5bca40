import Diagnostics
public import Imaging
public import NeuralNetwork

/// What the network says of pictures that are changed where a map points to.
public struct Faithfulness: Codable, Equatable, Sendable {
  /// How many pixels change from one point of a curve to the next.
  public let step: Int
  /// p of the picture: the probability of a class, 0…1; y itself of a target that is none.
  public let probability: Double
  /// p′ of the picture seen through the map.
  public let maskedProbability: Double
  /// max(0, p − p′) / p, of classes alone. Source: Chattopadhay et al. 2018.
  public let averageDrop: Double?
  /// Whether p′ > p, of classes alone.
  public let increase: Bool?
  /// p while pixels are taken away, from those on which the map is highest; the picture comes first. Source: Petsiuk et al. 2018.
  public let deletion: [Double]
  /// The area under that curve: small where the map is right.
  public let deletionAuc: Double
  /// p while pixels come back into the blurred picture, in the same order; the picture comes last.
  public let insertion: [Double]
  /// The area under that curve: large where the map is right.
  public let insertionAuc: Double
}

/// Measures how faithful maps of one picture are to its network.
public struct FaithfulnessMeter {
  private let network: Network
  private let input: Tensor
  private let inputs: [String: Tensor]
  private let step: Int
  private let blurred: Tensor
  private let progress: (PictureProgress) throws -> Void

  /// - Parameters:
  ///   - input: [1, C, H, W], preprocessed.
  ///   - inputs: a tensor for each of the network's further inputs that need one.
  ///   - step: how many pixels change at a time, at least 1; `nil` for four rows.
  ///   - progress: is told before each picture; what it throws ends the work.
  public init(
    _ network: Network, input: Tensor, inputs: [String: Tensor] = [:], step: Int? = nil,
    progress: @escaping (PictureProgress) throws -> Void = { _ in }
  ) {
    self.network = network
    self.input = input
    self.inputs = inputs
    self.step = max(step ?? Self.defaultStep(input: input.shape), 1)
    self.progress = progress
    blurred = input.blurred()
  }

  /// Four rows of the picture [1, C, H, W].
  public static func defaultStep(input: [Int]) -> Int { 4 * input[3] }

  /// How many runs of the network one map takes.
  public static func runs(input: [Int], step: Int?) -> Int {
    let step = max(step ?? defaultStep(input: input), 1)
    return 2 * ((input[2] * input[3] + step - 1) / step) + 3
  }

  /// Measures a map.
  ///
  /// - Parameters:
  ///   - map: of the input's size, see `Attribution.pixelMap`.
  ///   - subject: what is measured, for `progress`.
  /// - Throws: `Diagnostic` for a target that does not exist, or where p is not a number. What `progress` throws.
  public func measure(_ map: Heatmap, of target: Target, subject: String) throws -> Faithfulness {
    let probability = try Probability(target, network, inputs)
    let ranked = RankedPixels(map, step: step)
    let black = Tensor(shape: input.shape)
    let masked = input.masked(by: map.mapValues { max($0, 0) })
    let series = [
      PictureSeries(count: 1) { _ in masked }, ranked.pictures(from: input, to: black),
      ranked.pictures(from: blurred, to: input),
    ]
    let count = series.reduce(0) { $0 + $1.count }
    var done = 0
    let found = try series.map { series in
      try (0..<series.count).map { index in
        try progress(PictureProgress(subject: subject, done: done, count: count))
        done += 1
        return try probability.of(series.picture(index))
      }
    }
    let (own, seen) = (found[1][0], found[0][0])
    let isShare = probability.isOfClass && own > 0
    return Faithfulness(
      step: step, probability: own, maskedProbability: seen, averageDrop: isShare ? max(0, own - seen) / own : nil,
      increase: isShare ? seen > own : nil, deletion: found[1], deletionAuc: RankedPixels.area(under: found[1]),
      insertion: found[2], insertionAuc: RankedPixels.area(under: found[2]))
  }
}

/// p of pictures.
private struct Probability {
  let isOfClass: Bool
  private let network: Network
  private let scorer: Scorer
  private let index: Int

  init(_ target: Target, _ network: Network, _ inputs: [String: Tensor]) throws {
    self.network = network
    if case .class(let index) = target {
      (isOfClass, self.index) = (true, index)
      // A probability follows from the scores of all classes.
      scorer = try network.scorer(of: (0..<max(network.classCount, index + 1)).map(Target.class), inputs: inputs)
    } else {
      (isOfClass, index) = (false, 0)
      scorer = try network.scorer(of: [target], inputs: inputs)
    }
  }

  func of(_ picture: Tensor) throws -> Double {
    let scores = try scorer.scores(of: picture)
    let value = isOfClass ? network.probabilities(of: scores)[index] : scores[0]
    guard value.isFinite else {
      throw Diagnostic.error(
        "What the network says of a picture that was changed for evidence is \(value), no finite number.")
    }
    return Double(value)
  }
}
