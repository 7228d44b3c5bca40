/// How far one map may be trusted: numbers that were measured, and no verdict.
public struct MapEvidence: Codable, Equatable, Sendable {
  /// The method's name, as it is written.
  public let method: String
  /// The layer that it looks at, if it looks at one.
  public let layer: String?
  /// What the network says of pictures that are changed where the map points to.
  public let faithfulness: Faithfulness
  /// What is left of the map while the network's weights are lost.
  public var randomization: [Randomized]
  /// How alike the map is to that of another class; `nil` for targets that are none.
  public var classSensitivity: Sensitivity?

  /// The map of a network that has lost weights, beside that of the whole one.
  public struct Randomized: Codable, Equatable, Sendable {
    /// How many layers from the last on are random.
    public let depth: Int
    /// The weights of the first of them.
    public let weights: String
    /// Spearman's ρ of the two maps; `nil` where one of them shows nothing.
    public let spearman: Double?
    /// SSIM of the two; `nil` likewise.
    public let ssim: Double?
  }

  /// The map of the class that the network finds least likely, beside that of the one asked about.
  public struct Sensitivity: Codable, Equatable, Sendable {
    /// That class, counted from 0.
    public let `class`: Int
    /// Spearman's ρ of the two maps; `nil` where one of them shows nothing.
    public let spearman: Double?
    /// SSIM of the two; `nil` likewise.
    public let ssim: Double?
  }

  private enum Keys: String, CodingKey { case method, layer, randomization, classSensitivity }

  /// Creates the evidence of a map.
  public init(
    method: String, layer: String?, faithfulness: Faithfulness, randomization: [Randomized],
    classSensitivity: Sensitivity?
  ) {
    self.method = method
    self.layer = layer
    self.faithfulness = faithfulness
    self.randomization = randomization
    self.classSensitivity = classSensitivity
  }

  /// Reads what `encode` wrote.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Keys.self)
    self.init(
      method: try values.decode(String.self, forKey: .method),
      layer: try values.decodeIfPresent(String.self, forKey: .layer), faithfulness: try Faithfulness(from: decoder),
      randomization: try values.decode([Randomized].self, forKey: .randomization),
      classSensitivity: try values.decodeIfPresent(Sensitivity.self, forKey: .classSensitivity))
  }

  /// Writes all numbers of a map side by side.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Keys.self)
    try values.encode(method, forKey: .method)
    try values.encodeIfPresent(layer, forKey: .layer)
    try faithfulness.encode(to: encoder)
    try values.encode(randomization, forKey: .randomization)
    try values.encodeIfPresent(classSensitivity, forKey: .classSensitivity)
  }
}
