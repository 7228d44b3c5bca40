import Diagnostics

/// The Markdown that stands at the foot of each page.
struct SiteFooter: Sendable {
  /// The text.
  let tree: MarkdownTree
  /// What its links and images lead to.
  var targets: [(node: Int, target: LinkTarget)]
  /// Whether HTML in it is passed on.
  let allowsRawHTML: Bool
  /// Where it was written.
  let location: SourceLocation
}
