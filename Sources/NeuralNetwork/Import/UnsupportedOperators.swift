import Diagnostics

/// The operators of a model that are not supported, and what helps against each.
struct UnsupportedOperators {
  /// What a user can do.
  private enum Advice: Hashable {
    /// Another operator set has the operator.
    case exportWith(opset: Int)
    /// Exporters write it only in new operator sets, and spell it out in old ones.
    case spellOut
    case doNotOptimize
    case doNotFallBack
    case standardOperators
    case anotherNetwork
  }

  /// An operator, its first node, and how many there are.
  private struct Item {
    let operatorType: String
    let domain: String
    let first: String
    var count = 1

    var description: String { "“\(first)” (\(operatorType)\(count == 1 ? "" : ", \(count) times"))" }
  }

  private let opset: Int
  private var items: [Item] = []
  private var indices: [String: Int] = [:]
  /// By advice, in the order in which they came up.
  private var groups: [(advice: Advice, items: [Int])] = []
  /// So many operators are listed for each advice.
  private static let limit = 20

  /// Exporters know how to do without these, which are younger than operator set 17.
  private static let spelledOut: Set = ["AffineGrid", "Attention", "CenterCropPad", "Col2Im", "RotaryEmbedding"]

  /// - Parameter opset: version of the model's standard operator set.
  init(opset: Int) { self.opset = opset }

  mutating func append(_ node: ONNXNode) {
    let name = OperatorTable.qualifiedName(node.operatorType, domain: node.domain)
    if let known = indices[name] {
      items[known].count += 1
      return
    }
    indices[name] = items.count
    let advice = advice(node)
    if let group = groups.firstIndex(where: { $0.advice == advice }) {
      groups[group].items.append(items.count)
    } else {
      groups.append((advice, [items.count]))
    }
    items.append(Item(operatorType: name, domain: node.domain, first: node.displayName))
  }

  private func advice(_ node: ONNXNode) -> Advice {
    let domain = node.domain
    if domain.isEmpty {
      if let since = OperatorTable.builders[node.operatorType]?.map(\.since).min(), since > opset {
        return .exportWith(opset: since)
      }
      return opset > 17 && Self.spelledOut.contains(node.operatorType) ? .spellOut : .anotherNetwork
    }
    if domain == "com.microsoft" || domain.hasPrefix("com.microsoft.") || domain.hasPrefix("com.ms.") {
      return .doNotOptimize
    }
    return domain.hasSuffix("aten") ? .doNotFallBack : .standardOperators
  }

  /// One message for each advice.
  var diagnostics: [Diagnostic] {
    groups.map { advice, indices in
      let group = indices.map { items[$0] }
      let count = group.reduce(0) { $0 + $1.count }
      let names = group.prefix(Self.limit).map(\.description).joined(separator: ", ")
      let rest = group.count > Self.limit ? " and \(group.count - Self.limit) more operators" : ""
      return .error(
        (count == 1 ? "1 node uses an operator" : "\(count) nodes use operators")
          + " that sitegen does not support: \(names)\(rest).", hint: hint(advice, domain: group.first?.domain ?? ""))
    }
  }

  private func hint(_ advice: Advice, domain: String) -> String {
    switch advice {
    case .exportWith(let other):
      "The model says operator set \(opset), which has no such operator. Export it with operator set \(other)."
    case .spellOut: "Export the model with operator set 17, in which exporters spell such operators out."
    case .doNotOptimize:
      "ONNX Runtime writes such operators when it optimises a model. Take the model from before that, or save it with "
        + "`graph_optimization_level = ORT_ENABLE_BASIC`."
    case .doNotFallBack: "They are PyTorch's own. Export the model without ATen fallback."
    case .standardOperators:
      "Only programs that know “\(domain)” run them. Export the model with operators of the ONNX standard alone."
    case .anotherNetwork: "Take another network; docs/pages/operators.md lists the operators that sitegen runs."
    }
  }
}
