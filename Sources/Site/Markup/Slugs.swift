import Hashing

/// Readable parts of addresses for texts, no two of which have the same one.
///
/// `Big cats` is `big-cats`. Where several texts consist of the same letters (`C`, `C++`, `C#`, `c`), or one has no letters at
/// all, a few digits that stand for its exact spelling follow, so that a slug does not depend on the order of texts.
struct Slugs: Sendable {
  private let slugs: [String: String]

  /// - Parameter texts: all texts, each once.
  init(_ texts: [String]) {
    let words = Dictionary(grouping: texts, by: PageIDs.words)
    var slugs: [String: String] = [:]
    var used: Set<String> = []
    for text in texts {
      let base = PageIDs.words(text)
      let isAlone = !base.isEmpty && words[base]?.count == 1
      let digest = SHA256.hash(Array(text.utf8)).hexadecimal
      var slug = isAlone ? base : (base.isEmpty ? "" : base + "-") + digest.prefix(6)
      var number = 1
      while !used.insert(slug).inserted {
        number += 1
        slug = "\(base)-\(digest)-\(number)"
      }
      slugs[text] = slug
    }
    self.slugs = slugs
  }

  /// The slug of `text`.
  subscript(text: String) -> String { slugs[text] ?? PageIDs.slug(text) }
}
