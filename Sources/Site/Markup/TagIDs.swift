/// The ids of a site's tags in the list of experiments: no two tags have one id.
struct TagIDs: Sendable {
  private let slugs: Slugs

  /// - Parameter tags: all tags, each once.
  init(_ tags: [String]) { slugs = Slugs(tags) }

  /// The id of `tag`.
  subscript(tag: String) -> String { "tag-" + slugs[tag] }
}
