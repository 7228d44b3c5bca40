/// How much a cell may change.
///
/// The standard limits let pass what other kernels, processors and libraries do to the last digits of numbers, and nothing that
/// training does: each was chosen an order of magnitude or more above the one and below the other.
public struct DriftLimits: Equatable, Sendable {
  /// The most that a logit, or the value of another target, may change by.
  public var logit = 0.01
  /// The most places that a class may go up or down.
  public var rank = 0
  /// The least that Spearman's ρ of the two maps may be, −1…1.
  public var rankCorrelation = 0.99
  /// The least that the overlap of the top 15 % of the two maps may be, 0…1.
  public var overlap = 0.9

  /// The standard limits.
  public init() {}

  /// Sets all limits.
  public init(logit: Double, rank: Int, rankCorrelation: Double, overlap: Double) {
    (self.logit, self.rank, self.rankCorrelation, self.overlap) = (logit, rank, rankCorrelation, overlap)
  }

  /// As a reader sees them.
  var text: String {
    "logits within \(DriftNumber.plain(logit)), ranks within \(rank), rank correlation at least "
      + "\(DriftNumber.plain(rankCorrelation)), overlap at least \(DriftNumber.plain(overlap))"
  }

  /// What of a cell's change goes beyond.
  func exceeded(by change: DriftChange) -> [DriftChange.Kind] {
    var kinds: [DriftChange.Kind] = []
    if change.isLacking { kinds.append(.lacking) }
    // What is not a number is beyond any limit.
    if let value = change.value, !(abs(value) <= logit) { kinds.append(.logit) }
    if abs(change.rank ?? 0) > rank { kinds.append(.rank) }
    if change.isApart { kinds.append(.map) }
    if change.isLacking || change.isApart { return kinds }
    if let rho = change.spearman, !(rho >= rankCorrelation) { kinds.append(.correlation) }
    if let shared = change.overlap, !(shared >= overlap) { kinds.append(.overlap) }
    return kinds
  }
}

extension DriftLimits: Encodable {
  private enum Keys: String, CodingKey { case logit, rank, rankCorrelation, overlap }

  /// Writes the limits, that of logits as nothing where there is none: JSON knows no infinity.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Keys.self)
    try values.encode(logit.isFinite ? logit : nil, forKey: .logit)
    try values.encode(rank, forKey: .rank)
    try values.encode(rankCorrelation, forKey: .rankCorrelation)
    try values.encode(overlap, forKey: .overlap)
  }
}
