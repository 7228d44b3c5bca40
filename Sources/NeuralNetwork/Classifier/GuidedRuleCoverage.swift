/// Which activations of a network the guided rule reaches.
///
/// Guided backpropagation is defined for rectifiers. Smooth activations that took their place keep their plain
/// derivative, so that in a network without rectifiers the guided gradient is the plain one.
public struct GuidedRuleCoverage: Equatable, Codable, Sendable, CustomStringConvertible {
  /// Activations max(x, 0) and min(max(x, 0), b), whatever operators they are written with.
  public let rectifierCount: Int
  /// How many activations of each other kind there are, such as `SiLU`.
  public let others: [String: Int]
  /// How many operations of each kind may be activations or not: they are not linear, and were not recognised.
  public let unknown: [String: Int]

  init(_ graph: Graph, before roots: Set<Int>) {
    let used = roots.reduce(into: Set<Int>()) { $0.formUnion(graph.ancestors(of: $1)) }
    let roles = ActivationRoles(GraphReader(graph))
    var rectifierCount = 0
    var others: [String: Int] = [:]
    var unknown: [String: Int] = [:]
    for node in graph.nodes where node.outputs.contains(where: used.contains) {
      switch roles.role(of: node) {
      case .rectifier: rectifierCount += 1
      case .other(let name): others[name, default: 0] += 1
      case .unknown(let name): unknown[name, default: 0] += 1
      case .none: break
      }
    }
    self.rectifierCount = rectifierCount
    self.others = others
    self.unknown = unknown
  }

  /// Whether the rule reaches every activation.
  public var isComplete: Bool { others.isEmpty && unknown.isEmpty }

  /// Part of a sentence for readers, which begins with “The guided rule”.
  public var description: String {
    if rectifierCount == 0, isComplete { return "reaches nothing: there is no rectifier" }
    let reached = rectifierCount == 1 ? "1 rectifier" : "\(rectifierCount) rectifiers"
    if isComplete { return "reaches \(reached), all there are" }
    let missed = others.isEmpty ? "" : ", but not \(Self.list(others))"
    let open = unknown.isEmpty ? "" : "; whether \(Self.list(unknown)) would count is not known"
    return "reaches \(reached)\(missed)\(open)"
  }

  /// What a reader should know, as a sentence; `nil` where the rule reaches every activation.
  public var remark: String? { remark(of: .guided) }

  /// What a reader should know of what another rule reaches, which is the same; `nil` where that is every activation, and for the
  /// derivative.
  public func remark(of rule: ReLURule) -> String? {
    let (name, gradient): (String, String)
    switch rule {
    case .standard: return nil
    case .guided: (name, gradient) = ("The guided rule", "guided gradient")
    case .deconvolution: (name, gradient) = ("The rule of deconvolution", "deconvolved gradient")
    }
    if isComplete {
      return rectifierCount > 0 ? nil : "\(name) \(self), so that the \(gradient) is the plain one."
    }
    return "\(name) \(self); \(others.isEmpty ? "they keep" : "the others keep") their plain gradient."
  }

  private static func list(_ counts: [String: Int]) -> String {
    counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }
}
