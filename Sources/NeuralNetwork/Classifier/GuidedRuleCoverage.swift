/// Which activations of a network the guided rule reaches.
///
/// Guided backpropagation is defined for rectifiers. Smooth activations that took their place keep their plain
/// derivative, so that in a network without rectifiers the guided gradient is the plain one.
public struct GuidedRuleCoverage: Equatable, Codable, Sendable, CustomStringConvertible {
  /// Activations max(x, 0) and min(max(x, 0), b), whatever operators they are written with.
  public let rectifierCount: Int
  /// How many of them have an upper bound b, such as ReLU6: these keep their derivative under the rule of deconvolution.
  public let boundedCount: Int
  /// How many activations of each other kind there are, such as `SiLU`.
  public let others: [String: Int]
  /// How many operations of each kind may be activations or not: they are not linear, and were not recognised.
  public let unknown: [String: Int]

  init(_ graph: Graph, before roots: Set<Int>) {
    let used = roots.reduce(into: Set<Int>()) { $0.formUnion(graph.ancestors(of: $1)) }
    let roles = ActivationRoles(GraphReader(graph))
    var (rectifierCount, boundedCount) = (0, 0)
    var others: [String: Int] = [:]
    var unknown: [String: Int] = [:]
    for node in graph.nodes where node.outputs.contains(where: used.contains) {
      switch roles.role(of: node) {
      case .rectifier:
        rectifierCount += 1
        if (node.operation as? Rectifier)?.function.isBounded == true { boundedCount += 1 }
      case .other(let name): others[name, default: 0] += 1
      case .unknown(let name): unknown[name, default: 0] += 1
      case .none: break
      }
    }
    (self.rectifierCount, self.boundedCount) = (rectifierCount, boundedCount)
    self.others = others
    self.unknown = unknown
  }

  /// Whether the rule reaches every activation.
  public var isComplete: Bool { others.isEmpty && unknown.isEmpty }

  /// Part of a sentence for readers, which begins with “The guided rule”.
  public var description: String { description(rectifierCount, others) }

  private func description(_ reachedCount: Int, _ others: [String: Int]) -> String {
    if reachedCount == 0, others.isEmpty, unknown.isEmpty { return "reaches nothing: there is no rectifier" }
    let reached = reachedCount == 1 ? "1 rectifier" : "\(reachedCount) rectifiers"
    if others.isEmpty, unknown.isEmpty { return "reaches \(reached), all there are" }
    let missed = others.isEmpty ? "" : ", but not \(Self.list(others))"
    let open = unknown.isEmpty ? "" : "; whether \(Self.list(unknown)) would count is not known"
    return "reaches \(reached)\(missed)\(open)"
  }

  /// What a reader should know, as a sentence; `nil` where the rule reaches every activation.
  public var remark: String? { remark(of: .guided) }

  /// What a reader should know of what another rule reaches; `nil` where that is every activation, and for the derivative.
  public func remark(of rule: ReLURule) -> String? {
    switch rule {
    case .standard: nil
    case .guided: remark("The guided rule", "guided gradient", reached: rectifierCount, others)
    case .deconvolution:
      remark(
        "The rule of deconvolution", "deconvolved gradient", reached: rectifierCount - boundedCount,
        boundedCount == 0 ? others : others.merging(["ReLU with an upper bound": boundedCount]) { first, _ in first })
    }
  }

  private func remark(_ rule: String, _ gradient: String, reached: Int, _ others: [String: Int]) -> String? {
    let sentence = description(reached, others)
    if others.isEmpty, unknown.isEmpty {
      return reached > 0 ? nil : "\(rule) \(sentence), so that the \(gradient) is the plain one."
    }
    return "\(rule) \(sentence); \(others.isEmpty ? "they keep" : "the others keep") their plain gradient."
  }

  private static func list(_ counts: [String: Int]) -> String {
    counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }
}
