import Foundation
import Hashing

/// The names of the pages of a site's tags: no two tags have one name, also where case counts for nothing.
///
/// `Big cats` is `big-cats`. Where several tags consist of the same letters (`C`, `C++`, `C#`, `c`), or one has no letters at
/// all, a few digits that stand for its exact spelling follow, so that a name does not depend on the order of tags.
struct TagSlugs: Sendable {
  private let slugs: [String: String]

  /// The most bytes of a tag's words in a name; file systems take 255.
  private static let mostBytes = 120

  /// - Parameter tags: all tags, each once.
  init(_ tags: [String]) {
    let words = Dictionary(grouping: tags, by: Self.words)
    var slugs: [String: String] = [:]
    var used: Set<String> = []
    // Those that are made of their words alone come first, and keep them.
    let isAlone = { (tag: String) in words[Self.words(tag)]?.count == 1 && Self.isWhole(tag) }
    for tag in tags.filter(isAlone) + tags.filter({ !isAlone($0) }).sorted() {
      let base = Self.words(tag)
      let digest = SHA256.hash(Array(tag.utf8)).hexadecimal
      let beginning = base.isEmpty ? "tag" : base
      let candidates = isAlone(tag) ? [base] : ["\(beginning)-\(digest.prefix(6))", "\(beginning)-\(digest)"]
      let slug = candidates.first { !used.contains($0) } ?? digest
      used.insert(slug)
      slugs[tag] = slug
    }
    self.slugs = slugs
  }

  /// The path of the page of `tag`, without its ending.
  func base(of tag: String) -> String { "tags/" + (slugs[tag] ?? PageIDs.slug(tag)) }

  /// The path of the page of `tag`.
  func path(of tag: String) -> String { base(of: tag) + ".html" }

  /// Letters and digits of a tag in lower case, as many whole characters as names of files can take.
  private static func words(_ tag: String) -> String {
    var words = PageIDs.words(tag).precomposedStringWithCanonicalMapping
    while words.utf8.count > mostBytes { words.removeLast() }
    return words
  }

  /// Whether a tag has letters, and all of them have room.
  private static func isWhole(_ tag: String) -> Bool {
    !words(tag).isEmpty && PageIDs.words(tag).utf8.count <= mostBytes
  }
}
