/// What stands on a page below its front matter, parsed once.
struct PageBody: Sendable {
  /// The Markdown.
  let tree: MarkdownTree
  /// The nodes of the explain blocks in reading order, those with faults too.
  let blocks: [Int]
  /// The headings in reading order.
  let headings: [MarkdownHeading]
  /// The ids that stand on the page, those of figures left out.
  let ids: Set<String>
  /// What links and images lead to, in reading order.
  var targets: [(node: Int, target: LinkTarget)] = []

  /// - Parameters:
  ///   - allowsRawHTML: whether HTML in the Markdown is passed on, with the ids that it gives.
  ///   - reservedIDs: ids that the templates put on pages.
  init(_ tree: MarkdownTree, blocks: [ExplainBlock] = [], allowsRawHTML: Bool, reservedIDs: Set<String>) {
    self.tree = tree
    self.blocks = blocks.map(\.node)
    let written = allowsRawHTML ? tree.nodes.flatMap { $0.rawHTML?.htmlIDs ?? [] } : []
    let others = reservedIDs.union(written)
    headings = tree.headings(besides: others)
    ids = others.union(headings.map(\.id))
  }
}
