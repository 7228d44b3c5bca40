/// A parsed Markdown text: its blocks and inlines in reading order, each before those within it.
///
/// Nodes are called by their place in the list, and each says where those within it end: how deep a text nests has no bound,
/// and a tree made of references would need a stack as deep.
struct MarkdownTree: Sendable, Hashable {
  /// The nodes, the document first.
  let nodes: [MarkdownNode]
  /// What is surely not meant so.
  var faults: [MarkdownFault] = []

  /// The text of a node and everything in it, without markup, HTML and blocks of code.
  func plainText(of index: Int) -> String {
    nodes[index..<nodes[index].end].map { node in
      switch node.kind {
      case .text(let text), .code(let text): text
      case .formula(let formula): formula.tex
      case .softBreak, .lineBreak: " "
      default: ""
      }
    }.joined()
  }
}
