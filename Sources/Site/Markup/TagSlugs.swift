/// The pages of a site's tags.
struct TagSlugs: Sendable {
  private let slugs: Slugs

  /// - Parameter tags: all tags, each once.
  init(_ tags: [String]) { slugs = Slugs(tags, or: "tag") }

  /// The path of the page of `tag`, without its ending.
  func base(of tag: String) -> String { "tags/" + slugs[tag] }

  /// The path of the page of `tag`.
  func path(of tag: String) -> String { base(of: tag) + ".html" }
}
