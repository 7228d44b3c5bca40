public import Diagnostics

extension SiteContent {
  /// What a site can be built without, and some of its readers cannot be served without: descriptions of pictures, words of links,
  /// headings in their order, summaries, the language. `sitegen check --strict` asks for them.
  ///
  /// Source: WCAG 2.2, criteria 1.1.1, 1.3.1, 2.4.4 and 3.1.1.
  public var omissions: [Diagnostic] {
    let site = SourceLocation(file: folder.shown("site.yml"))
    var found: [Diagnostic] = []
    if !configuration.statesLanguage {
      found.append(
        .warning(
          "The site does not say in which language it is written.", at: site,
          hint: "Add `language: en`, or whichever it is: readers’ programs speak by it."))
    }
    if configuration.description == nil {
      found.append(.warning("The site has no description.", at: site, hint: "Add `description: …`, one sentence."))
    }
    for language in languages {
      let isOwn = language == configuration.language
      if !isOwn, configuration.translations[language]?.title == nil {
        found.append(
          .warning(
            "The site has no title in “\(language)”.", at: site,
            hint: "Add `languages: {\(language): {title: …}}`, and what else readers see on its pages."))
      }
      guard let footer = footers[language], isOwn || configuration.translations[language]?.footer != nil else {
        continue
      }
      found += footer.tree.omissions(allowsRawHTML: footer.allowsRawHTML).map { $0.diagnostic { _ in footer.location } }
    }
    return found + allPages.flatMap(\.omissions)
  }
}

extension Page {
  /// What its readers may miss.
  fileprivate var omissions: [Diagnostic] {
    var found: [Diagnostic] = []
    // The site's own description stands for that of the home page.
    if summary == nil, kind != .home {
      found.append(
        .warning(
          "The page has no summary.", at: location, hint: "Add `summary: …`, one sentence for lists and search engines."
        ))
    }
    for figure in figures {
      let bare = figure.parts.filter { ($0.alt ?? "").allSatisfy(\.isWhitespace) }.map(\.image.value.name).uniqued()
      guard !bare.isEmpty else { continue }
      found.append(
        .warning(
          "Nothing says what \(bare.listed) shows.", at: figure.location,
          hint: figure.order == nil
            ? "Add `alt: …` for those who cannot see it\(bare.count > 1 ? ", one for each picture" : "")."
            : "Add a `caption` to each in the table of `truth:`, for those who cannot see them."))
    }
    let file = location.file
    let faults =
      body.tree.omissions(allowsRawHTML: allowsRawHTML) + body.tree.skippedLevels(of: body.headings)
    return found + faults.map { $0.diagnostic { SourceLocation(file: file, line: $0) } }
  }
}

extension MarkdownFault {
  fileprivate func diagnostic(at place: (Int?) -> SourceLocation) -> Diagnostic {
    .warning(summary, at: place(line), hint: hint)
  }
}

extension MarkdownTree {
  /// Pictures without description, and links and headings without words.
  fileprivate func omissions(allowsRawHTML: Bool) -> [MarkdownFault] {
    nodes.indices.compactMap { index in
      let node = nodes[index]
      func fault(_ summary: String, _ hint: String) -> MarkdownFault {
        MarkdownFault(line: node.line, summary: summary, hint: hint)
      }
      switch node.kind {
      case .image(let address, _) where isWordless(index):
        return fault(
          "Nothing says what the picture “\(address.shortened(to: 60))” shows.",
          "Write it between the brackets, for those who cannot see it: `![A mug](mug.jpg)`.")
      case .link(let address, _) where isWordless(index):
        return fault(
          "The link to “\(address.shortened(to: 60))” has no words.", "Write between the brackets where it leads.")
      case .heading where isWordless(index):
        return fault("The heading has no words.", "Write some, or remove it.")
      case .html(let text) where allowsRawHTML && text.hasUndescribedPicture,
        .htmlBlock(let text) where allowsRawHTML && text.hasUndescribedPicture:
        return fault(
          "An `<img>` here has no `alt`.",
          "Write what it shows; a picture that only decorates has an empty one, `alt=\"\"`."
        )
      default: return nil
      }
    }
  }

  private func isWordless(_ index: Int) -> Bool { plainText(of: index).allSatisfy(\.isWhitespace) }

  /// Headings that are more than one level below the one before; the page's title is the first.
  fileprivate func skippedLevels(of headings: [MarkdownHeading]) -> [MarkdownFault] {
    zip([1] + headings.map(\.level), headings).compactMap { before, heading in
      guard heading.level > before + 1 else { return nil }
      let wanted = String(repeating: "#", count: (nodes[heading.node].headingLevel ?? 2) - heading.level + before + 1)
      return MarkdownFault(
        line: nodes[heading.node].line,
        summary: "The heading “\(plainText(of: heading.node).shortened(to: 60))” skips a level.",
        hint: "Begin it with `\(wanted)`: readers’ programs list headings by their levels.")
    }
  }
}

extension String {
  /// Whether a piece of HTML has a picture of which it says nothing, not even that there is nothing to say.
  fileprivate var hasUndescribedPicture: Bool {
    matches(of: #/<img\b(?:[^>"']|"[^"]*"|'[^']*')*>/#.ignoresCase()).contains {
      $0.output.firstMatch(of: #/\salt\s*(?:=|\s|/?>)/#.ignoresCase()) == nil
    }
  }
}
