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
  /// The headings in reading order.
  ///
  /// A page's title is its only heading of the first level, so a text that uses that level moves down by one.
  ///
  /// - Parameter ids: the ids that the page has otherwise.
  func headings(besides ids: Set<String>) -> [MarkdownHeading] {
    var levels: [(Int, Int)] = []
    for (index, node) in nodes.enumerated() {
      if let level = node.headingLevel { levels.append((index, level)) }
    }
    let shift = levels.contains { $0.1 == 1 } ? 1 : 0
    var ids = PageIDs(reserved: ids)
    return levels.map { index, level in
      MarkdownHeading(node: index, level: min(6, level + shift), id: ids.id(for: plainText(of: index)))
    }
  }
}
