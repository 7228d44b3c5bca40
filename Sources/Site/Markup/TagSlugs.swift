/// The pages of a site's tags.
struct TagSlugs: Sendable {
  private let slugs: Slugs
  private let folder: String

  /// - Parameters:
  ///   - tags: all tags, each once.
  ///   - base: the folder of their language, with a slash behind it, or nothing.
  init(_ tags: [String], in base: String = "") {
    slugs = Slugs(tags, or: "tag")
    folder = base + "tags"
  }

  /// The path of the page that lists them.
  var index: String { folder + ".html" }

  /// The path of the page of `tag`, without its ending.
  func base(of tag: String) -> String { "\(folder)/\(slugs[tag])" }

  /// The path of the page of `tag`.
  func path(of tag: String) -> String { base(of: tag) + ".html" }
}
