import Hashing

/// The ids of a site's tags in the list of experiments: no two tags have one id.
///
/// `Big cats` is `tag-big-cats`. Where several tags consist of the same letters (`C`, `C++`, `C#`, `c`), or one has no letters
/// at all, a few digits that stand for its exact spelling follow, so that an id does not depend on the order of tags.
struct TagIDs: Sendable {
  private let ids: [String: String]

  /// - Parameter tags: all tags, each once.
  init(_ tags: [String]) {
    let words = Dictionary(grouping: tags, by: PageIDs.words)
    var ids: [String: String] = [:]
    var used: Set<String> = []
    for tag in tags {
      let base = PageIDs.words(tag)
      let isAlone = !base.isEmpty && words[base]?.count == 1
      let digest = SHA256.hash(Array(tag.utf8)).hexadecimal
      var id = isAlone ? base : (base.isEmpty ? "" : base + "-") + digest.prefix(6)
      var number = 1
      while !used.insert(id).inserted {
        number += 1
        id = "\(base)-\(digest)-\(number)"
      }
      ids[tag] = "tag-" + id
    }
    self.ids = ids
  }

  /// The id of `tag`.
  subscript(tag: String) -> String { ids[tag] ?? "tag-" + PageIDs.slug(tag) }
}
