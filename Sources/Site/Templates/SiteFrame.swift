import Files

/// What is the same for all pages of a site, worked out once.
struct SiteFrame: Sendable {
  /// The place of each experiment in the list, by its path in the content folder.
  let positions: [ExactPath: Int]
  /// The menu of site.yml, or else the lists and all pages.
  let menu: [(title: String, target: LinkResolver.Target)]
  /// Whether the site has a feed: feeds need absolute addresses and dates.
  let hasFeed: Bool
  /// The path of the site's icon in the output, if there is one among the static files.
  let icon: String?
  /// The output paths of the models' pages, by the model's name.
  let modelPages: [String: String]
  /// All tags of experiments, by name.
  let tags: [String]
  /// Their ids in the list of experiments.
  let tagIDs: TagIDs

  init(_ content: SiteContent) {
    modelPages = Dictionary(content.models.map { ($0.card.name, $0.page.outputPath) }) { first, _ in first }
    tags = content.experiments.flatMap(\.tags).uniqued()
      .sorted { ($0.lowercased(), $0) < ($1.lowercased(), $1) }
    tagIDs = TagIDs(tags)
    positions = Dictionary(content.experiments.enumerated().map { (ExactPath($1.sourcePath), $0) }) { first, _ in first
    }
    menu = Self.menu(content)
    hasFeed = content.configuration.url != nil && content.experiments.contains { $0.date != nil }
    icon = ["favicon.svg", "favicon.png", "favicon.ico"].first { name in
      content.staticFiles.contains { $0.path == name }
    }
  }

  private static func menu(_ content: SiteContent) -> [(title: String, target: LinkResolver.Target)] {
    if let items = content.configuration.navigation {
      return items.compactMap { item in
        let target = try? content.links.resolve(item.link.value, in: "", isImage: false, at: item.link.location)
        return target.map { (item.title, $0) }
      }
    }
    var entries: [(title: String, target: LinkResolver.Target)] = []
    if !content.experiments.isEmpty { entries.append(("Experiments", .page("experiments.html", suffix: ""))) }
    if !content.models.isEmpty { entries.append(("Models", .page("models.html", suffix: ""))) }
    return entries + content.menuPages.map { ($0.title, .page($0.outputPath, suffix: "")) }
  }
}
