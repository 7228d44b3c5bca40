import Foundation
import Hashing

/// Readable names of pages for texts: no two texts have one name, also where case counts for nothing.
///
/// `Big cats` is `big-cats`. Where several texts consist of the same letters (`C`, `C++`, `C#`, `c`), or one has no letters at
/// all, a few digits that stand for its exact spelling follow, so that a name does not depend on the order of texts.
struct Slugs: Sendable {
  private let slugs: [String: String]

  /// The most bytes of a text's words in a name; file systems take 255.
  private static let mostBytes = 120

  /// - Parameters:
  ///   - texts: all texts, each once.
  ///   - word: how the name of a text without letters begins.
  init(_ texts: [String], or word: String) {
    let words = Dictionary(grouping: texts, by: Self.words)
    var slugs: [String: String] = [:]
    var used: Set<String> = []
    // Those that are made of their words alone come first, and keep them.
    let isAlone = { (text: String) in words[Self.words(text)]?.count == 1 && Self.isWhole(text) }
    for text in texts.filter(isAlone) + texts.filter({ !isAlone($0) }).sorted() {
      let base = Self.words(text)
      let digest = SHA256.hash(Array(text.utf8)).hexadecimal
      let beginning = base.isEmpty ? word : base
      let candidates = isAlone(text) ? [base] : ["\(beginning)-\(digest.prefix(6))", "\(beginning)-\(digest)"]
      let slug = candidates.first { !used.contains($0) } ?? digest
      used.insert(slug)
      slugs[text] = slug
    }
    self.slugs = slugs
  }

  /// The name for `text`.
  subscript(text: String) -> String { slugs[text] ?? PageIDs.slug(text) }

  /// Letters and digits of a text in lower case, as many whole characters as names of files can take.
  private static func words(_ text: String) -> String {
    var words = PageIDs.words(text).precomposedStringWithCanonicalMapping
    while words.utf8.count > mostBytes { words.removeLast() }
    return words
  }

  /// Whether a text has letters, and all of them have room.
  private static func isWhole(_ text: String) -> Bool {
    !words(text).isEmpty && PageIDs.words(text).utf8.count <= mostBytes
  }
}
