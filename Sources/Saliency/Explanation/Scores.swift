/// What a network says of one picture.
public struct Scores: Equatable, Sendable {
  /// The picture's logits, one for each class.
  public let logits: [Float]
  /// The classes' probabilities, 0…1: softmax(logits), or a sigmoid of each; or the logits themselves where they are
  /// probabilities already.
  public let probabilities: [Float]

  /// Creates scores.
  ///
  /// - Precondition: there are as many probabilities as logits.
  public init(logits: [Float], probabilities: [Float]) {
    precondition(logits.count == probabilities.count, "\(probabilities.count) probabilities for \(logits.count) logits")
    self.logits = logits
    self.probabilities = probabilities
  }

  /// Whether what the network says are probabilities already.
  public var areProbabilities: Bool { !logits.isEmpty && logits == probabilities }

  /// The classes with the highest logits, best first.
  public func topClasses(_ count: Int) -> [Int] {
    Array(logits.indices.sorted { (logits[$0], $1) > (logits[$1], $0) }.prefix(count))
  }

  /// The class with the lowest logit, the first of several; `nil` where there are no classes.
  public var leastLikelyClass: Int? { logits.indices.min { logits[$0] < logits[$1] } }

  /// How many classes have a higher logit, plus one.
  public func rank(of classIndex: Int) -> Int {
    logits.count { $0 > logits[classIndex] } + 1
  }
}
