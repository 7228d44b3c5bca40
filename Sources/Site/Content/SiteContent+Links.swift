import Diagnostics
import Files

extension SiteContent {
  /// Follows every link of the pages and the menu, and keeps what they lead to.
  ///
  /// - Returns: the faults of links, images and menu entries that lead nowhere.
  mutating func followLinks(_ resolver: LinkResolver) -> DiagnosticList {
    var faults = DiagnosticList()
    let found = Parallel.map(allPages) { page in
      PageLinks(
        of: page.body.tree, at: page.sourcePath, output: page.outputPath, file: page.location.file, resolver)
    }
    for page in found {
      faults.append(contentsOf: page.faults.all)
      for case (_, .file(let file, let output, _)) in page.targets { linkedFiles[ExactPath(output)] = file }
    }
    var links = found[...]
    changePages { $0.body.targets = links.popFirst()?.targets ?? [] }
    let entries = followMenu(resolver, &faults)
    let check = FragmentCheck(
      allPages.map { page in
        FragmentCheck.LinkedPage(
          output: page.outputPath, file: page.location.file,
          ids: page.body.ids.union(page.figures.map { PageIDs.figure($0.id.number) }))
      })
    faults.append(contentsOf: (found.flatMap(\.fragments) + entries).compactMap(check.fault))
    return faults
  }

  /// Follows the menu of `site.yml`; without one, the menu leads to the lists and pages.
  ///
  /// - Returns: the entries that lead to places on pages.
  private mutating func followMenu(_ resolver: LinkResolver, _ faults: inout DiagnosticList) -> [FragmentLink] {
    guard let items = configuration.navigation else {
      if !experiments.isEmpty { menu.append(("Experiments", .file("experiments.html"))) }
      if !models.isEmpty { menu.append(("Models", .file("models.html"))) }
      menu += menuPages.map { ($0.title, .file($0.outputPath)) }
      return []
    }
    return items.compactMap { item in
      let place = item.link.location
      let target = faults.attempt { () throws(Diagnostic) in
        try resolver.resolve(item.link.value, in: "", isImage: false, at: place)
      }
      guard let target else { return nil }
      menu.append((item.title, target.address))
      return FragmentLink(to: target, at: place)
    }
  }
}
