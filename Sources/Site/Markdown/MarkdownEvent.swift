/// A step of a walk through a Markdown text: extensions turn one list of steps into another before a tree is made of it.
enum MarkdownEvent {
  /// Into something that holds others.
  case enter(MarkdownNode.Kind, line: Int?)
  /// Something that holds nothing.
  case leaf(MarkdownNode.Kind, line: Int?)
  /// Out of what was entered last.
  case exit
}

extension MarkdownEvent {
  /// The same step with the line of the file that it was parsed from.
  func placed(in lines: MarkdownLines) -> MarkdownEvent {
    func origin(_ line: Int?) -> Int? {
      line.flatMap { lines.all.indices.contains($0 - 1) ? lines.all[$0 - 1].origin : nil }
    }
    return switch self {
    case .enter(let kind, let line): .enter(kind, line: origin(line))
    case .leaf(let kind, let line): .leaf(kind, line: origin(line))
    case .exit: .exit
    }
  }
}

extension MarkdownTree {
  /// The tree that a walk goes through.
  ///
  /// - Parameter faults: what was found to be wrong on the way.
  init(_ events: [MarkdownEvent], faults: [MarkdownFault]) {
    var nodes: [MarkdownNode] = []
    nodes.reserveCapacity(events.count)
    var open: [Int] = []
    for event in events {
      switch event {
      case .enter(let kind, let line):
        open.append(nodes.count)
        nodes.append(MarkdownNode(kind: kind, line: line, end: nodes.count + 1))
      case .leaf(let kind, let line): nodes.append(MarkdownNode(kind: kind, line: line, end: nodes.count + 1))
      case .exit: if let index = open.popLast() { nodes[index].end = nodes.count }
      }
    }
    self.init(nodes: nodes, faults: faults)
  }
}
