public import NeuralNetwork

/// A network whose weights are lost, layer by layer from the last: what a map still shows then, it does not owe to what the network
/// has learned.
///
/// Source: Adebayo et al. 2018, cascading randomization.
public struct WeightRandomization {
  /// Opens the network with other weights.
  public typealias Opening = (_ weights: @escaping (_ name: String, _ weights: Tensor) throws -> Tensor) throws ->
    Network

  /// One network.
  public struct Depth: Sendable {
    /// How many layers from the last on are random.
    public let depth: Int
    /// The weights of the first of them, by name.
    public let weights: String
  }

  /// At most so many networks are looked at: of one with more layers, some, evenly.
  public static let mostDepths = 20

  /// The networks, from the one in which only the last layer is random to the one in which all are.
  public let depths: [Depth]

  /// The weights in the order in which the network reads them.
  private let names: [String]
  private let open: Opening

  /// Looks which weights there are.
  ///
  /// - Throws: what `open` throws.
  public init(_ open: @escaping Opening) throws {
    let found = Names()
    _ = try open { name, weights in
      if Self.isLayer(weights) { found.all.append(name) }
      return weights
    }
    names = found.all
    self.open = open
    let count = min(names.count, Self.mostDepths)
    let all = names
    depths = (1..<(count + 1)).map { number in
      let depth = (number * all.count + count / 2) / count
      return Depth(depth: depth, weights: all[all.count - depth])
    }
  }

  /// The network at a depth.
  ///
  /// Weights become normally distributed with their own mean and deviation; those of a layer are the same at every depth.
  public func network(at depth: Depth) throws -> Network {
    let lost = Dictionary(names.enumerated().suffix(depth.depth).map { ($1, $0) }) { first, _ in first }
    return try open { name, weights in
      guard Self.isLayer(weights), let number = lost[name] else { return weights }
      return weights.randomized(seed: UInt64(number))
    }
  }

  /// Whether these are the weights of a layer: no bias, nor what normalises.
  private static func isLayer(_ weights: Tensor) -> Bool { weights.shape.count > 1 && weights.values.count > 1 }

  private final class Names { var all: [String] = [] }
}

extension Tensor {
  /// Normally distributed numbers with the mean and the deviation of these.
  fileprivate func randomized(seed: UInt64) -> Tensor {
    let count = Double(values.count)
    let mean = values.reduce(0.0) { $0 + Double($1) } / count
    let variance = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    let deviation = variance.squareRoot()
    var noise = GaussianNoise(seed: seed)
    return Tensor(shape: shape, values.map { _ in Float(mean + deviation * noise.next()) })
  }
}
