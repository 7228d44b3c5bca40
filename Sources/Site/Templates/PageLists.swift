/// The lists that a page is filled with: long, and the same on several pages.
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
