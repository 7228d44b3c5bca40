import Diagnostics

/// What stands on a page below its front matter, parsed once.
struct PageBody: Sendable {
  /// The Markdown.
  let tree: MarkdownTree
  /// The nodes of the explain blocks in reading order, those with faults too.
  let figureBlocks: [Int]
  /// The nodes of the blocks about evaluations in reading order, those with faults too.
  let evaluationBlocks: [Int]
  /// The headings in reading order.
  let headings: [MarkdownHeading]
  /// The formulas as MathML, by node; those with faults are missing.
  let formulas: [Int: String]
  /// What is surely not meant as it is written.
  let faults: [Diagnostic]
  /// The ids that stand on the page, those of figures left out.
  let ids: Set<String>
  /// What links and images lead to, in reading order.
  var targets: [(node: Int, target: LinkTarget)] = []

  /// - Parameters:
  ///   - allowsRawHTML: whether HTML in the Markdown is passed on, with the ids that it gives.
  ///   - reservedIDs: ids that the templates put on pages.
  ///   - file: the file as the user knows it.
  init(
    _ tree: MarkdownTree, blocks: [FencedBlock] = [], allowsRawHTML: Bool, reservedIDs: Set<String>, file: String
  ) {
    self.tree = tree
    figureBlocks = blocks.filter { $0.kind == .explain }.map(\.node)
    evaluationBlocks = blocks.filter { $0.kind != .explain }.map(\.node)
    let written = allowsRawHTML ? tree.nodes.flatMap { $0.rawHTML?.htmlIDs ?? [] } : []
    let others = reservedIDs.union(written).union(tree.footnoteIDs)
    let found = tree.headings(besides: others)
    headings = found.all
    let formulas = PageFormulas(of: tree, in: file)
    self.formulas = formulas.html
    faults =
      formulas.faults
      + (tree.faults + found.faults).map {
        .warning($0.summary, at: SourceLocation(file: file, line: $0.line), hint: $0.hint)
      }
    ids = others.union(headings.map(\.id))
  }
}
