import Diagnostics

/// Where the links and images of a page lead.
struct PageLinks: Sendable {
  /// What they lead to, in reading order; those that lead nowhere are missing.
  private(set) var targets: [(node: Int, target: LinkTarget)] = []
  /// The links to places on pages, this one among them.
  private(set) var fragments: [FragmentLink] = []
  /// The faults of those that lead nowhere.
  private(set) var faults = DiagnosticList()

  /// Follows the links of `tree`.
  ///
  /// - Parameters:
  ///   - path: the path of the Markdown file from the content folder.
  ///   - language: the language of the page.
  ///   - output: where the page goes in the output folder.
  ///   - file: the Markdown file as the user knows it.
  init(
    of tree: MarkdownTree, at path: String, language: String, output: String, file: String, _ resolver: LinkResolver
  ) {
    for (index, node) in tree.nodes.enumerated() {
      guard let address = node.address else { continue }
      let place = SourceLocation(file: file, line: node.line)
      let target = faults.attempt { () throws(Diagnostic) in
        try resolver.resolve(address, in: path, language: language, isImage: node.isImage, at: place)
      }
      guard let target else { continue }
      targets.append((index, target))
      if let link = FragmentLink(to: target, on: output, at: place) { fragments.append(link) }
    }
  }

  /// Follows the links of a text that stands on every page, and in the content folder itself.
  ///
  /// - Parameters:
  ///   - place: where it was written.
  ///   - language: that of the pages.
  init(of tree: MarkdownTree, standingAt place: SourceLocation, language: String, _ resolver: LinkResolver) {
    for (index, node) in tree.nodes.enumerated() {
      guard let address = node.address else { continue }
      let target = faults.attempt { () throws(Diagnostic) in
        try resolver.resolve(address, in: "", language: language, isImage: node.isImage, at: place)
      }
      guard let target else { continue }
      targets.append((index, target))
      if let link = FragmentLink(to: target, at: place) { fragments.append(link) }
    }
  }
}
