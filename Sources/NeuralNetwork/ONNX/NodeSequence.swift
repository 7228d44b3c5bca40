import Diagnostics

/// The nodes of a model one by one, each behind those whose outputs it reads.
///
/// Nodes that are in order keep it. Whoever takes a node may expand it: other nodes, which compute its outputs, take its
/// place and come next.
struct NodeSequence {
  /// A node under names of the whole model.
  struct Entry {
    var node: ONNXNode
    /// Where it stands.
    let scope: Scope
    fileprivate let index: Int
  }

  private enum State {
    case untouched
    /// Begun: what it reads comes first.
    case waiting
    case taken
  }

  private var entries: [Entry] = []
  private var states: [State] = []
  /// The entry that computes each tensor.
  private var producers: [String: Int] = [:]
  /// What is to be done, the next last.
  private var stack: [Int] = []
  /// The entries that wait, each for the next.
  private var path: [Int] = []
  /// Tensors that no node computes.
  private let given: Set<String>
  private var branches: [UnsafeRawPointer?: ONNXGraph] = [:]
  /// How many names calls and branches brought in.
  private var expandedCount = 0
  /// How often nodes of each name were expanded.
  private var prefixes: [String: Int] = [:]

  /// Calls and branches one inside the other.
  static let depthLimit = 64
  /// Names that calls and branches may bring in.
  static let expansionLimit = 1 << 20

  /// - Parameters:
  ///   - outputs: tensors that are wanted; nodes that none of them depends on do not come.
  ///   - given: tensors that no node computes.
  ///   - opset: version of the standard operator set.
  /// - Throws: `Diagnostic` where two nodes compute one tensor.
  init(_ nodes: [ONNXNode], outputs: [String], given: Set<String>, opset: Int) throws(Diagnostic) {
    self.given = given
    try add(nodes, outputs: outputs, to: Scope(opset: opset))
  }

  /// The next node, or `nil` after the last.
  ///
  /// - Throws: `Diagnostic` that names nodes which wait for each other; nothing comes after it.
  mutating func next() throws(Diagnostic) -> Entry? {
    while let index = stack.last {
      switch states[index] {
      case .taken: stack.removeLast()
      case .waiting:
        states[index] = .taken
        stack.removeLast()
        path.removeLast()
        return entries[index]
      case .untouched:
        states[index] = .waiting
        path.append(index)
        let missing = entries[index].node.inputs.compactMap { producers[$0] }.filter { states[$0] != .taken }
        if let first = missing.first(where: { states[$0] == .waiting }) { throw circle(from: first) }
        stack += missing.reversed()
      }
    }
    return nil
  }

  /// Puts nodes in the place of `entry`, which was taken.
  ///
  /// - Parameters:
  ///   - body: nodes under names of their own.
  ///   - outputs: the names inside of the entry's outputs.
  ///   - initializers: names inside that the nodes may read too.
  ///   - inputs: names inside of what stands outside under other names.
  ///   - namesake: whether the node that computes the first output takes the entry's own name.
  ///   - scope: the scope that these names make.
  /// - Returns: the names in the whole model of the initializers.
  /// - Throws: `Diagnostic` where names make no sense, or too much is expanded.
  mutating func expand(
    _ entry: Entry, _ body: [ONNXNode], outputs: [String], initializers: [String] = [],
    inputs: [String: String] = [:], namesake: Bool = false, scope makeScope: ([String: String]) -> Scope
  ) throws(Diagnostic) -> [String] {
    let computed = body.flatMap(\.outputs).filter { !$0.isEmpty }
    let own = Set(computed + initializers)
    let prefix = prefix(of: entry.node)
    // Names grow with the depth, so long ones count for more.
    let length = own.reduce((own.count + body.count) * prefix.utf8.count) { $0 + $1.utf8.count }
    expandedCount += body.nameCount + inputs.count + outputs.count + initializers.count + length / 64
    guard entry.scope.depth < Self.depthLimit, expandedCount <= Self.expansionLimit else {
      throw .error(
        "\(entry.node.label) cannot be expanded: functions and branches may lie in each other \(Self.depthLimit) deep, and "
          + "bring in \(Self.expansionLimit) names in all.")
    }
    guard own.count == computed.count + initializers.count, own.isDisjoint(with: inputs.keys) else {
      throw .error(
        "\(entry.node.label) stands for nodes of which two compute one tensor.", hint: "The file is damaged.")
    }
    var names = inputs
    var passed: [(inside: String, outside: String)] = []
    for (inside, outside) in zip(outputs, entry.node.outputs) where !outside.isEmpty {
      if names[inside] == nil, own.contains(inside) {
        names[inside] = outside
      } else {
        passed.append((inside, outside))
      }
    }
    for name in own where names[name] == nil { names[name] = unused(prefix + name) }
    let scope = makeScope(names)
    for name in entry.node.outputs where producers[name] == entry.index { producers[name] = nil }
    var nodes = body.map { node in
      var node = node
      node.inputs = node.inputs.map(scope.global)
      node.outputs = node.outputs.map { names[$0] ?? "" }
      node.attributes = scope.resolved(node.attributes)
      if namesake, let first = outputs.first, names[first].map(node.outputs.contains) ?? false {
        node.name = entry.node.name
      } else if !node.name.isEmpty {
        node.name = prefix + node.name
      }
      return node
    }
    nodes += passed.map { ONNXNode("Identity", [scope.global($0.inside)], [$0.outside]) }
    try add(nodes, outputs: entry.node.outputs.filter { !$0.isEmpty }, to: scope)
    return initializers.map(scope.global)
  }

  /// Takes up nodes that compute `outputs`, those that are needed in the order given, before everything else.
  private mutating func add(_ nodes: [ONNXNode], outputs: [String], to scope: Scope) throws(Diagnostic) {
    let read = readNames(nodes, in: scope).union(outputs)
    let start = entries.count
    for node in nodes {
      let index = entries.count
      for name in node.outputs where !name.isEmpty && read.contains(name) {
        if let other = producers.updateValue(index, forKey: name) {
          throw .error(
            "\(entries[other].node.label) and \(node.label) both compute “\(name)”.", hint: "The file is damaged.")
        }
      }
      var node = node
      // What nobody reads is not asked for.
      node.outputs = node.outputs.map { read.contains($0) ? $0 : "" }
      entries.append(Entry(node: node, scope: scope, index: index))
      states.append(.untouched)
    }
    stack += needed(for: outputs, since: start).reversed()
  }

  /// The entries from `start` on that `outputs` depend on, in order.
  private func needed(for outputs: [String], since start: Int) -> [Int] {
    var open = outputs.compactMap { producers[$0] }
    var found = Set<Int>()
    while let index = open.popLast() {
      guard index >= start, found.insert(index).inserted else { continue }
      open += entries[index].node.inputs.compactMap { producers[$0] }
    }
    return found.sorted()
  }

  /// All the names that nodes read, and that nodes in their branches, however deep, may read.
  private mutating func readNames(_ nodes: [ONNXNode], in scope: Scope) -> Set<String> {
    var names = Set(nodes.flatMap(\.inputs))
    var open = nodes.flatMap { $0.attributes.compactMap(\.graph) }
    while let bytes = open.popLast() {
      guard let graph = try? branch(bytes) else { continue }
      expandedCount += scope.depth > 0 ? graph.nodes.nameCount : 0
      names.formUnion(graph.nodes.flatMap(\.inputs).map(scope.global))
      names.formUnion(graph.outputs.map { scope.global($0.name) })
      open += graph.nodes.flatMap { $0.attributes.compactMap(\.graph) }
    }
    return names
  }

  /// The graph of a branch, read once.
  mutating func branch(_ bytes: Bytes) throws(WireError) -> ONNXGraph {
    if let known = branches[bytes.buffer.baseAddress] { return known }
    let graph = try ONNXGraph(bytes)
    branches[bytes.buffer.baseAddress] = graph
    return graph
  }

  /// What stands before the names that a node's expansion brings in.
  private mutating func prefix(of node: ONNXNode) -> String {
    let count = prefixes[node.displayName, default: 0] + 1
    prefixes[node.displayName] = count
    return count == 1 ? "\(node.displayName)/" : "\(node.displayName).\(count)/"
  }

  /// A name that no tensor has.
  private func unused(_ name: String) -> String {
    var name = name
    while producers[name] != nil || given.contains(name) { name += "′" }
    return name
  }

  /// A fault that names the entries on the path from `first` back to itself.
  private func circle(from first: Int) -> Diagnostic {
    let labels = path.drop { $0 != first }.map { entries[$0].node.label }
    let shown = labels.prefix(5).joined(separator: ", ") + (labels.count > 5 ? " and \(labels.count - 5) more" : "")
    return .error(
      labels.count == 1 ? "\(shown) reads what it computes itself." : "\(shown) wait for each other in a circle.",
      hint: "The file is damaged.")
  }
}

extension [ONNXNode] {
  /// How many names there are: of nodes, of what they read and compute, and of attributes.
  fileprivate var nameCount: Int { reduce(0) { $0 + 1 + $1.inputs.count + $1.outputs.count + $1.attributes.count } }
}
