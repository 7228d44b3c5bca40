/// The lists that a page is filled with: long, and parts of them the same on several pages.
struct PageLists: Sendable {
  var experiments: [Listed<CardContext>] = []
  var models: [Listed<CardContext>] = []
  var tags: [Listed<TagContext>] = []

  /// Something in a list.
  struct Listed<View: TemplateView>: Sendable {
    let view: View
    /// Stands for it, wherever it is shown; `nil` where nothing is remembered.
    let fingerprint: Fingerprint?

    init(_ view: View, isRemembered: Bool) {
      self.view = view
      fingerprint =
        isRemembered
        ? Fingerprint { $0.add(TemplateEncoder.value(of: view, at: PageLinker(path: ""))) } : nil
    }
  }

  /// Puts the lists into what a page is filled with.
  func fill(_ context: inout PageContext) {
    context.experiments = experiments.map(\.view)
    context.models = models.map(\.view)
    context.tags = tags.map(\.view)
  }

  /// Of all lists, what stands on one page of `list`.
  func part(of list: SiteList, page number: Int) -> PageLists {
    var part = PageLists()
    part.experiments = list.pages.places(number).map { experiments[list.experiments[$0]] }
    switch list.kind {
    case .experiments: if number == 1 { part.tags = mostUsedTags }
    case .models: part.models = models
    case .tags: part.tags = tags
    case .tag, .model: break
    }
    return part
  }

  /// The tags that most experiments carry, in the order of all.
  private var mostUsedTags: [Listed<TagContext>] {
    let order = tags.indices.sorted { (tags[$1].view.count, $0) < (tags[$0].view.count, $1) }
    return order.prefix(Self.mostTags).sorted().map { tags[$0] }
  }

  /// So many tags are seen at a glance.
  private static let mostTags = 24
}

extension Fingerprint.Account {
  /// Adds lists, but not how the addresses in them are written.
  mutating func add(_ lists: PageLists) {
    for fingerprints in [
      lists.experiments.map(\.fingerprint), lists.models.map(\.fingerprint), lists.tags.map(\.fingerprint),
    ] {
      add(fingerprints.count)
      for case let fingerprint? in fingerprints { add(fingerprint) }
    }
  }
}
