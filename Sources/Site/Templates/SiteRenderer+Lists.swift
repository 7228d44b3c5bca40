public import Diagnostics

extension SiteRenderer {
  /// What the lists of the site show, all of it.
  var allLists: PageLists {
    let counts = Dictionary(
      frame.lists.compactMap { list in if case .tag(let tag) = list.kind { (tag, list.pages.count) } else { nil } }
    ) { first, _ in first }
    let tags = frame.tags.map { TagContext(name: $0, url: .file(frame.tagSlugs.path(of: $0)), count: counts[$0] ?? 0) }
    return PageLists(
      experiments: cards(content.experiments).map { PageLists.Listed($0, isRemembered: isRemembering) },
      models: cards(content.models.map(\.page)).map { PageLists.Listed($0, isRemembered: isRemembering) },
      tags: tags.map { PageLists.Listed($0, isRemembered: isRemembering) })
  }

  /// The pages of lists that are no pages of the content.
  var listPages: [(list: SiteList, number: Int)] {
    frame.lists.flatMap { list in list.numbers.map { (list, $0) } }
  }

  /// The file of a page of a list.
  ///
  /// - Parameter all: what the lists of the site show.
  func file(of list: SiteList, page number: Int, _ all: PageLists) throws(Diagnostic) -> OutputFile {
    let linker = PageLinker(path: list.pages.path(number))
    var context = PageContext(
      site: siteContext(linker, siteStrings),
      page: details(titled: list.title(of: number, siteStrings), at: linker.path))
    context.parent = list.parent
    context.pager = list.pages.pager(at: number)
    if case .experiments = list.kind, number == 1 { context.allTags = frame.tags.isEmpty ? nil : .file("tags.html") }
    return try file(
      linker, list.template, context, all.part(of: list, page: number), from: list.origin, isList: true)
  }

  /// Fills in the list on a page of the content: the latest experiments, or those that use a model.
  func addList(to context: inout PageContext, _ lists: inout PageLists, of page: Page, _ all: PageLists) {
    guard page.kind == .home || page.kind == .model, let list = frame.list(on: page) else { return }
    lists.experiments = all.part(of: list, page: 1).experiments
    switch list.kind {
    case .model: context.pager = list.pages.pager(at: 1)
    default: context.allExperiments = list.pages.pageCount > 1 ? .file(list.pages.path(1)) : nil
    }
  }
}

extension SiteFrame {
  /// The list whose beginning stands on a page of the content.
  fileprivate func list(on page: Page) -> SiteList? {
    lists.first { list in
      switch (list.kind, page.kind) {
      case (.experiments, .home): true
      case (.model(let slug), .model): slug == page.slug
      default: false
      }
    }
  }
}
