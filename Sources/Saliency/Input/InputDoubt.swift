public import NeuralNetwork

/// A suspicion that a network is given other numbers than it was trained with, and the numbers that it rests on.
public enum InputDoubt: Codable, Hashable, Sendable {
  /// Values that no picture has once it is prepared as the card says: those found, and those that can be.
  case outside(found: ClosedRange<Float>, possible: ClosedRange<Float>)
  /// Values from 0 to 1, as pictures have them before mean and deviation.
  case notNormalized(found: ClosedRange<Float>, possible: ClosedRange<Float>)
  /// Values next to nothing beside those that the card makes of a picture.
  case tiny(found: ClosedRange<Float>, possible: ClosedRange<Float>)
  /// So many times as far from what the first batch normalisation saw in training as that was spread.
  case farFromTraining(node: String, distance: Float)
  /// So small a part of the contrast that the first batch normalisation saw in training, for a picture that has contrast.
  case flatBesideTraining(node: String, share: Float)

  /// As a full sentence, with a way out.
  public var text: String {
    switch self {
    case .outside(let found, let possible):
      "The input may not be what this network expects: it reaches from \(found.text), and what the card makes of a picture lies "
        + "between \(possible.lowerBound.short) and \(possible.upperBound.short). Prepare it by the card’s `scale`, `mean` and `std`."
    case .notNormalized(let found, let possible):
      "The input may not be what this network expects: it reaches from \(found.text), as pictures do before `mean` and `std`, which "
        + "bring them between \(possible.lowerBound.short) and \(possible.upperBound.short)."
    case .tiny(let found, let possible):
      "The input may not be what this network expects: it reaches from \(found.text) only, and what the card makes of a picture lies "
        + "between \(possible.lowerBound.short) and \(possible.upperBound.short). Perhaps it was prepared from 0 to 1, not to 255."
    case .farFromTraining(let node, let distance):
      "The input may not be what this network expects: at “\(node)”, its first batch normalisation, it lies \(distance.short) deviations "
        + "from the mean in training, where pictures have about 1. Compare the card’s `scale`, `mean` and `std` with the training’s: "
        + "perhaps white was 1 there, not 255."
    case .flatBesideTraining(let node, let share):
      "The input may not be what this network expects: at “\(node)”, its first batch normalisation, it has \(share.short) of the "
        + "contrast that pictures had in training. Compare the card’s `scale`, `mean` and `std` with the training’s: perhaps white "
        + "was 255 there, not 1."
    }
  }
}

extension InputDoubt {
  /// What is doubtful about a tensor that was prepared elsewhere, by what the card makes of pictures.
  ///
  /// - Parameter tensor: [1, C, H, W].
  public static func of(_ tensor: Tensor, for input: InputSpecification) -> InputDoubt? {
    let channels = input.channels.count
    guard tensor.shape == input.shape, let lowest = tensor.values.min(), let highest = tensor.values.max() else {
      return nil
    }
    let found = lowest...highest
    let black = (0..<channels).map { (0 - input.mean[$0]) / input.standardDeviation[$0] }
    let white = (0..<channels).map { (input.scale - input.mean[$0]) / input.standardDeviation[$0] }
    guard let darkest = black.min(), let brightest = white.max(), brightest > darkest else { return nil }
    let possible = darkest...brightest
    // Resampling overshoots at edges.
    let slack = overshoot * (brightest - darkest)
    if lowest < darkest - slack || highest > brightest + slack { return .outside(found: found, possible: possible) }
    // A picture in the middle of its range might do so in one channel, not in all.
    let area = tensor.values.count / channels
    let isFraction = (0..<channels).allSatisfy { channel in
      let values = tensor.values[channel * area..<(channel + 1) * area]
      return (0..<0.1).contains(values.min() ?? -1) && values.max().map { $0 > 0.8 && $0 <= 1 } ?? false
    }
    if isFraction, darkest < -0.5, brightest > 1.5, brightest < 10 {
      return .notNormalized(found: found, possible: possible)
    }
    // A picture that is nearly of the mean colour everywhere.
    if brightest - darkest > 30, max(-lowest, highest) < 4, highest > lowest {
      return .tiny(found: found, possible: possible)
    }
    return nil
  }

  /// What is doubtful about an input by what the network saw in training.
  ///
  /// - Parameters:
  ///   - input: the picture as it was prepared, [1, C, H, W].
  ///   - specification: how it was prepared.
  public static func of(
    _ statistics: FirstStatistics, _ input: Tensor, _ specification: InputSpecification
  ) -> InputDoubt? {
    if statistics.distance > farDistance {
      return .farFromTraining(node: statistics.node, distance: Float(statistics.distance))
    }
    // A picture without contrast has none anywhere.
    let contrast = specification.contrast(of: input)
    guard contrast > leastContrast else { return nil }
    let share = statistics.spread * typicalContrast / contrast
    return share < flatShare ? .flatBesideTraining(node: statistics.node, share: Float(share)) : nil
  }

  /// What bicubic and sharper filters may add to a picture's range, as a share of it.
  private static let overshoot: Float = 0.25
  /// The confusion of 1 and 255 moves a picture by dozens of deviations; noise, drawings and text stay below ten.
  private static let farDistance = 20.0
  /// The deviation of a photo's values, where white is 1.
  private static let typicalContrast = 0.25
  private static let leastContrast = 0.05
  /// The same confusion the other way round leaves a fiftieth or less.
  private static let flatShare = 1.0 / 20
}

extension InputSpecification {
  /// The deviation of the picture's values, where white is 1: the mean over channels.
  fileprivate func contrast(of tensor: Tensor) -> Double {
    let area = tensor.values.count / channels.count
    return (0..<channels.count).reduce(0) { sum, channel in
      let values = tensor.values[channel * area..<(channel + 1) * area].map(Double.init)
      let mean = values.reduce(0, +) / Double(area)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(area)
      return sum + variance.squareRoot() * Double(standardDeviation[channel] / scale) / Double(channels.count)
    }
  }
}

extension ClosedRange<Float> {
  fileprivate var text: String { "\(lowerBound.short) to \(upperBound.short)" }
}
