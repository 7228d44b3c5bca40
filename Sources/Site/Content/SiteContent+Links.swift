import Diagnostics
import Files

extension SiteContent {
  /// Follows every link of the pages and the menu, and keeps what they lead to.
  ///
  /// - Parameter memory: knows where links led last time; receives where they lead now.
  /// - Returns: the faults of links, images and menu entries that lead nowhere.
  mutating func followLinks(_ resolver: LinkResolver, _ memory: inout ContentMemory) -> DiagnosticList {
    var faults = DiagnosticList()
    let pages = allPages
    let targets = resolver.fingerprint
    let known = memory
    let followed = Parallel.map(pages) { [folder] page in
      known.links(of: page, in: folder, targets: targets) ?? ContentMemory.Links(of: page, resolver)
    }
    memory.keep(links: Array(zip(pages.map(\.sourcePath), followed)), targets: targets)
    let found = followed.map(\.links)
    for page in found {
      faults.append(contentsOf: page.faults.all)
      for case (_, .file(let file, let output, _)) in page.targets { linkedFiles[ExactPath(output)] = file }
    }
    var links = found[...]
    changePages { $0.body.targets = links.popFirst()?.targets ?? [] }
    let entries = followMenu(resolver, &faults) + followFooter(resolver, &faults)
    let check = FragmentCheck(
      allPages.map { page in
        FragmentCheck.LinkedPage(
          output: page.outputPath, file: page.location.file,
          ids: page.body.ids.union(page.figures.map { PageIDs.figure($0.id.number) })
            .union(page.evaluations.map { PageIDs.evaluation($0.id.number) }))
      })
    let fragments = found.flatMap(\.fragments) + entries
    faults.append(contentsOf: fragments.compactMap(check.fault))
    blockLinks = fragments.filter { PageIDs.block($0.place) != nil && check.fault(of: $0) == nil }
    return faults
  }

  /// Parses the footer of `site.yml` and follows its links.
  ///
  /// - Returns: those that lead to places on pages.
  private mutating func followFooter(_ resolver: LinkResolver, _ faults: inout DiagnosticList) -> [FragmentLink] {
    guard let text = configuration.theme.footer else { return [] }
    let tree = MarkdownTree(parsing: text.value, smartPunctuation: configuration.smartPunctuation)
    let links = PageLinks(of: tree, standingAt: text.location, resolver)
    faults.append(contentsOf: links.faults.all)
    for case (_, .file(let file, let output, _)) in links.targets { linkedFiles[ExactPath(output)] = file }
    footer = SiteFooter(tree: tree, targets: links.targets, allowsRawHTML: configuration.allowsRawHTML)
    return links.fragments
  }

  /// Follows the menu of `site.yml`; without one, the menu leads to the lists and pages.
  ///
  /// - Returns: the entries that lead to places on pages.
  private mutating func followMenu(_ resolver: LinkResolver, _ faults: inout DiagnosticList) -> [FragmentLink] {
    guard let items = configuration.navigation else {
      if !experiments.isEmpty { menu.append((.text(.experiments), .file("experiments.html"))) }
      if !models.isEmpty { menu.append((.text(.models), .file("models.html"))) }
      menu += menuPages.map { (.words($0.title), .file($0.outputPath)) }
      return []
    }
    return items.compactMap { item in
      let place = item.link.location
      let target = faults.attempt { () throws(Diagnostic) in
        try resolver.resolve(item.link.value, in: "", isImage: false, at: place)
      }
      guard let target else { return nil }
      menu.append((.words(item.title), target.address))
      return FragmentLink(to: target, at: place)
    }
  }
}

extension ContentMemory.Links {
  /// Follows the links of a page.
  fileprivate init(of page: Page, _ resolver: LinkResolver) {
    let looks = FolderLooks()
    links = PageLinks(
      of: page.body.tree, at: page.sourcePath, output: page.outputPath, file: page.location.file,
      resolver.noting(looks))
    self.page = page.fingerprint
    self.looks = looks.all
  }
}
