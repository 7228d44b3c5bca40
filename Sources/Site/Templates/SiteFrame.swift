import Files

/// What is the same for all pages of a site, worked out once.
struct SiteFrame: Sendable {
  /// The place of each experiment in the list, by its path in the content folder.
  let positions: [ExactPath: Int]
  /// Whether the site has a feed: feeds need absolute addresses and dates.
  let hasFeed: Bool
  /// The path of the site's icon in the output, if there is one among the static files.
  let icon: String?
  /// All tags of experiments, by name.
  let tags: [String]
  /// Where their pages are.
  let tagSlugs: TagSlugs
  /// The lists.
  let lists: [SiteList]

  init(_ content: SiteContent) {
    tags = content.experiments.flatMap(\.tags).uniqued()
      .sorted { ($0.lowercased(), $0) < ($1.lowercased(), $1) }
    tagSlugs = TagSlugs(tags)
    lists = SiteList.all(of: content, tags: tags, tagSlugs)
    positions = Dictionary(content.experiments.enumerated().map { (ExactPath($1.sourcePath), $0) }) { first, _ in first
    }
    hasFeed = content.configuration.url != nil && (content.experiments + content.pages).contains { $0.date != nil }
    icon = ["favicon.svg", "favicon.png", "favicon.ico"].first { name in
      content.staticFiles.contains { $0.path == name }
    }
  }
}
