import Diagnostics
import Foundation

/// The body of a page as HTML: figures in the place of explain blocks, ids on headings, links that lead somewhere.
struct PageBody {
  private let page: Page
  private let links: LinkResolver
  private let document: MarkdownDocument
  /// The ids that the page has otherwise.
  private let reservedIDs: Set<String>

  init(of page: Page, in content: SiteContent, smartPunctuation: Bool) {
    self.page = page
    links = content.links
    document = MarkdownDocument(
      page.body.text,
      options: .init(allowsRawHTML: page.allowsRawHTML, smartPunctuation: smartPunctuation))
    let written = page.allowsRawHTML ? document.nodes.filter(\.isRawHTML).flatMap { $0.literal?.htmlIDs ?? [] } : []
    reservedIDs = written.isEmpty ? content.reservedIDs : content.reservedIDs.union(written)
  }

  /// A link to a place on a page.
  struct FragmentLink: Sendable {
    /// The page's path in the output.
    var page: String
    /// What stands behind the `#`.
    var fragment: String
    /// Where the link stands.
    var location: SourceLocation
  }

  /// What a look at the body finds.
  struct Check: Sendable {
    /// The files of the content folder that the page shows or links to with the paths where they go.
    var files: [(ContentFile, output: String)] = []
    /// Links to places on pages, this one among them.
    var fragments: [FragmentLink] = []
    /// The ids of headings, and those that the page has otherwise.
    var ids: Set<String> = []
    /// The faults of links and images that lead nowhere.
    var faults = DiagnosticList()

    /// Whether there is such a place on the page.
    func leads(to fragment: String) -> Bool {
      // The top of a page has a name in every browser, and so has a piece of its text.
      if fragment.isEmpty || fragment == "top" || fragment.hasPrefix(":~:") || ids.contains(fragment) { return true }
      // How many rows a figure has is known when it has been computed.
      return PageIDs.figureNumber(fragment).map { ids.contains(PageIDs.figure($0)) } ?? false
    }
  }

  /// Follows links and images.
  func check() -> Check {
    var check = Check()
    var ids = PageIDs(reserved: reservedIDs)
    check.ids = reservedIDs.union(page.requests.map { PageIDs.figure($0.id.number) })
    for node in document.nodes {
      let place = SourceLocation(file: page.body.file, line: node.line)
      if let url = node.url {
        let target = check.faults.attempt { () throws(Diagnostic) in
          try links.resolve(url, in: page.sourcePath, isImage: node.isImage, at: place)
        }
        switch target {
        case .file(let file, let output, _)?: check.files.append((file, output))
        case .page(let output, let suffix)?:
          if let fragment = Self.fragment(of: suffix) {
            check.fragments.append(FragmentLink(page: output, fragment: fragment, location: place))
          }
        case .address(let address)?:
          if address.hasPrefix("#"), let fragment = Self.fragment(of: address) {
            check.fragments.append(FragmentLink(page: page.outputPath, fragment: fragment, location: place))
          }
        case nil: break
        }
      } else if node.headingLevel != nil {
        check.ids.insert(ids.id(for: node.plainText))
      } else if node.isRawHTML, !page.allowsRawHTML, node.literal?.hasPrefix("<!--") == false {
        check.faults.append(
          .warning(
            "HTML is left out here.", at: place,
            hint: "Write Markdown, or set `raw_html: true` in the page's front matter."))
      }
    }
    return check
  }

  /// What stands behind the `#` of an address, decoded.
  static func fragment(of suffix: String) -> String? {
    guard let hash = suffix.firstIndex(of: "#") else { return nil }
    let fragment = String(suffix[suffix.index(after: hash)...])
    return fragment.removingPercentEncoding ?? fragment
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
    return MarkupText.cleaned(leading + document.html)
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
    var ids = PageIDs(reserved: reservedIDs)
    for heading in headings {
      let level = min(6, (heading.headingLevel ?? 1) + shift)
      heading.headingLevel = level
      let id = ids.id(for: heading.plainText)
      // libcmark writes `<h2>` and nothing else before the heading's text.
      heading.replace(withHTML: "<h\(level) id=\"\(id)\">" + heading.html.dropFirst("<h2>".count))
    }
  }
}

extension String {
  /// The ids that a piece of HTML gives where they are written out: `id="a"`, `<a name='b'>`, without quotes too.
  var htmlIDs: [String] {
    matches(of: #/(?:\sid|<a\s+name)\s*=\s*(?:"([^"{}]+)"|'([^'{}]+)'|([^\s"'<>{}]+))/#.ignoresCase()).compactMap {
      ($0.output.1 ?? $0.output.2 ?? $0.output.3).map(String.init)
    }
  }
}
