import Foundation

/// A heading as a page shows it.
struct MarkdownHeading: Sendable, Hashable {
  /// Its node.
  let node: Int
  /// Its level on the page, 1…6.
  let level: Int
  /// Its id, which no other has.
  let id: String
}

extension MarkdownTree {
  /// The headings in reading order, and what is wrong with the ids that some of them give themselves.
  ///
  /// A page's title is its only heading of the first level, so a text that uses that level moves down by one.
  ///
  /// - Parameter ids: the ids that the page has otherwise.
  func headings(besides ids: Set<String>) -> (all: [MarkdownHeading], faults: [MarkdownFault]) {
    var found: [(node: Int, level: Int, id: String?)] = []
    for (index, node) in nodes.enumerated() {
      if case .heading(let level, let id) = node.kind {
        found.append((index, level, id?.precomposedStringWithCanonicalMapping))
      }
    }
    let shift = found.contains { $0.level == 1 } ? 1 : 0
    var ids = PageIDs(reserved: ids)
    var faults: [MarkdownFault] = []
    // Ids that are given come first: those that are made of words give way.
    for index in found.indices {
      guard let id = found[index].id, !ids.claim(id) else { continue }
      found[index].id = nil
      faults.append(
        MarkdownFault(
          line: nodes[found[index].node].line, summary: "The id “\(id)” stands on this page already.",
          hint: "Give the heading another one."))
    }
    let headings = found.map { node, level, id in
      MarkdownHeading(node: node, level: min(6, level + shift), id: id ?? ids.id(for: plainText(of: node)))
    }
    return (headings, faults)
  }

  /// The ids of footnotes and of their marks.
  var footnoteIDs: [String] {
    nodes.compactMap { node in
      switch node.kind {
      case .footnote(let id): "fn-" + id
      case .footnoteMark(let id, _, let occurrence): "fnref-\(id)\(occurrence > 1 ? "-\(occurrence)" : "")"
      default: nil
      }
    }
  }
}
