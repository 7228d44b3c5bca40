import Files

/// What is the same for all pages of a site in one language, worked out once.
struct SiteFrame: Sendable {
  /// The language, as a BCP 47 tag.
  let language: String
  /// The folder of its pages in the output, with a slash behind it; nothing for the site's own language.
  let base: String
  /// What the site says of itself in it.
  let configuration: SiteConfiguration
  /// The path of its home page; that of the site's own language where it has none.
  let home: String
  /// Where a reader who asks for the language begins; `nil` where there is neither a home page nor a list.
  let beginning: String?
  /// Its experiments, as they are listed.
  let experiments: [Page]
  /// The place of each in the list, by its path in the content folder.
  let positions: [ExactPath: Int]
  /// Whether it has a feed: feeds need absolute addresses and dates.
  let hasFeed: Bool
  /// The path of the site's icon in the output, if there is one among the static files.
  let icon: String?
  /// All tags of experiments, by name.
  let tags: [String]
  /// Where their pages are.
  let tagSlugs: TagSlugs
  /// The lists.
  let lists: [SiteList]

  init(_ content: SiteContent, in language: String) {
    self.language = language
    let isOwn = language == content.configuration.language
    base = content.configuration.base(of: language)
    configuration = content.configuration.translated(to: language)
    experiments = content.experiments.filter { $0.language == language }
    let own = isOwn ? content.home : content.translatedHomes.first { $0.language == language }
    home = (own ?? content.home).outputPath
    beginning = own?.outputPath ?? (experiments.isEmpty ? nil : base + "experiments.html")
    tags = experiments.flatMap(\.tags).uniqued().sorted { ($0.lowercased(), $0) < ($1.lowercased(), $1) }
    tagSlugs = TagSlugs(tags, in: base)
    lists = SiteList.all(
      of: experiments, models: isOwn ? content.models.map(\.page) : [], tags: tags, tagSlugs,
      size: content.configuration.pageSize, content.strings[language], in: base)
    positions = Dictionary(experiments.enumerated().map { (ExactPath($1.sourcePath), $0) }) { first, _ in first }
    hasFeed = content.configuration.url != nil && !content.datedPages(in: language).isEmpty
    icon = ["favicon.svg", "favicon.png", "favicon.ico"].first { name in
      content.staticFiles.contains { $0.path == name }
    }
  }

  /// The path of the feed, where there is one.
  var feed: String { base + "feed.xml" }
}
