import Diagnostics

/// The body of a page as HTML: figures in the place of explain blocks, ids on headings, links that lead somewhere.
struct PageBody {
  private let page: Page
  private let links: LinkResolver
  private let document: MarkdownDocument

  init(of page: Page, links: LinkResolver, smartPunctuation: Bool) {
    self.page = page
    self.links = links
    document = MarkdownDocument(
      page.body.text,
      options: .init(allowsRawHTML: page.allowsRawHTML, smartPunctuation: smartPunctuation))
  }

  /// The files of the content folder that the page shows or links to with the paths where they go, and the faults of
  /// links and images that lead nowhere.
  func check() -> (files: [(ContentFile, output: String)], faults: DiagnosticList) {
    var faults = DiagnosticList()
    var files: [(ContentFile, output: String)] = []
    for node in document.nodes {
      let place = SourceLocation(file: page.body.file, line: node.line)
      if let url = node.url {
        let target = faults.attempt { () throws(Diagnostic) in
          try links.resolve(url, in: page.sourcePath, isImage: node.isImage, at: place)
        }
        if case .file(let file, let output, _)? = target { files.append((file, output)) }
      } else if node.isRawHTML, !page.allowsRawHTML, node.literal?.hasPrefix("<!--") == false {
        faults.append(
          .warning(
            "HTML is left out here.", at: place,
            hint: "Write Markdown, or set `raw_html: true` in the page's front matter."))
      }
    }
    return (files, faults)
  }

  /// The page's HTML. Call it once: it rewrites the document.
  ///
  /// - Parameters:
  ///   - figures: the HTML of each figure, by the number of its block.
  ///   - linker: makes the addresses of pages and files.
  func html(figures: [Int: String], linker: PageLinker) -> String {
    for (node, target) in targets {
      switch target {
      case .address: break
      case .page(let output, let suffix), .file(_, let output, let suffix): node.url = linker.link(to: output) + suffix
      }
    }
    for (index, block) in ExplainBlock.all(in: document, of: page.body).enumerated() {
      block.node.replace(withHTML: figures[index + 1] ?? "")
    }
    addHeadingAnchors()
    let leading = page.hasLeadingRequest ? figures[1] ?? "" : ""
    return leading + document.html
  }

  private var targets: [(node: MarkdownNode, target: LinkResolver.Target)] {
    document.nodes.compactMap { node in
      guard let url = node.url else { return nil }
      let place = SourceLocation(file: page.body.file, line: node.line)
      let target = try? links.resolve(url, in: page.sourcePath, isImage: node.isImage, at: place)
      return target.map { (node, $0) }
    }
  }

  /// The page's title is its only heading of the first level, so a body that uses that level moves down by one.
  private func addHeadingAnchors() {
    let headings = document.nodes.filter { $0.headingLevel != nil }
    let shift = headings.contains { $0.headingLevel == 1 } ? 1 : 0
    var anchors = HeadingAnchors(reserved: ["main"])
    for heading in headings {
      let level = min(6, (heading.headingLevel ?? 1) + shift)
      heading.headingLevel = level
      let id = anchors.id(for: heading.plainText)
      // libcmark writes `<h2>` and nothing else before the heading's text.
      heading.replace(withHTML: "<h\(level) id=\"\(id)\">" + heading.html.dropFirst("<h2>".count))
    }
  }
}
