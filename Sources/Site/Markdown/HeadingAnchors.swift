/// Gives every heading an id made of its words, unique on the page.
struct HeadingAnchors {
  private var used: Set<String>

  /// - Parameter reserved: ids that the page uses otherwise.
  init(reserved: Set<String> = []) {
    used = reserved
  }

  /// The id for the heading `text`: `Why the cat?` becomes `why-the-cat`, a second one `why-the-cat-2`.
  mutating func id(for text: String) -> String {
    let base = Self.slug(text)
    var id = base
    var number = 2
    while !used.insert(id).inserted {
      id = "\(base)-\(number)"
      number += 1
    }
    return id
  }

  /// Letters and digits in lower case with single hyphens between words; `section` when there are none.
  static func slug(_ text: String) -> String {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" }
    let slug = words.map { $0.filter { $0.isLetter || $0.isNumber } }.filter { !$0.isEmpty }.joined(separator: "-")
    return slug.isEmpty ? "section" : slug
  }
}
