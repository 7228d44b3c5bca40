import Diagnostics
import Files

extension SiteContent {
  /// Follows the menu of the pages in a language. Without one, the menu leads to the lists and pages.
  ///
  /// - Returns: the entries that lead to places on pages.
  mutating func followMenu(
    in language: String, _ resolver: LinkResolver, _ faults: inout DiagnosticList
  ) -> [FragmentLink] {
    guard let items = configuration.translated(to: language).navigation else {
      menus[language] = standardMenu(in: language)
      return []
    }
    // What is wrong with a menu that another language takes over is told of that language.
    let isOwn = language == configuration.language || configuration.translations[language]?.navigation != nil
    let pages = Dictionary(allPages.map { ($0.outputPath, $0) }) { first, _ in first }
    var found = DiagnosticList()
    var entries: [MenuEntry] = []
    var links: [FragmentLink] = []
    for item in items {
      let place = item.link.location
      let target = found.attempt { () throws(Diagnostic) in
        try resolver.resolve(item.link.value, in: "", language: language, isImage: false, at: place)
      }
      guard let target else { continue }
      var page: Page?
      if case .page(let output, _) = target { page = pages[output] }
      let isTranslated = page?.language == language
      if isOwn || isTranslated, let link = FragmentLink(to: target, at: place) { links.append(link) }
      entries.append(
        isOwn
          ? MenuEntry(title: .words(item.title), address: target.address)
          : isTranslated
            ? MenuEntry(title: .words(page?.title ?? item.title), address: target.address)
            : MenuEntry(title: .words(item.title), address: target.address, language: configuration.language))
    }
    menus[language] = entries
    if isOwn { faults.append(contentsOf: found.all) }
    return links
  }

  private func standardMenu(in language: String) -> [MenuEntry] {
    let base = configuration.base(of: language)
    var menu: [MenuEntry] = []
    if experiments.contains(where: { $0.language == language }) {
      menu.append(MenuEntry(title: .text(.experiments), address: .file(base + "experiments.html")))
    }
    if !models.isEmpty { menu.append(MenuEntry(title: .text(.models), address: .file("models.html"))) }
    return menu
      + menuPages(in: language).map { MenuEntry(title: .words($0.title), address: .file($0.outputPath)) }
  }

  /// Parses what stands at the foot of the pages in a language and follows its links.
  ///
  /// - Returns: those that lead to places on pages.
  mutating func followFooter(
    in language: String, _ resolver: LinkResolver, _ faults: inout DiagnosticList
  ) -> [FragmentLink] {
    guard let text = configuration.translated(to: language).theme.footer else { return [] }
    let isOwn = language == configuration.language || configuration.translations[language]?.footer != nil
    let tree = MarkdownTree(parsing: text.value, smartPunctuation: configuration.smartPunctuation)
    let links = PageLinks(of: tree, standingAt: text.location, language: language, resolver)
    if isOwn { faults.append(contentsOf: links.faults.all) }
    for case (_, .file(let file, let output, _)) in links.targets { linkedFiles[ExactPath(output)] = file }
    footers[language] = SiteFooter(
      tree: tree, targets: links.targets, allowsRawHTML: configuration.allowsRawHTML, location: text.location)
    return isOwn ? links.fragments : []
  }
}
