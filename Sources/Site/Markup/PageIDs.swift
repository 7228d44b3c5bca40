import Foundation

/// The ids of one page, each of which stands there once.
///
/// The theme's own ids and those of figures and evaluations come first; headings get ids made of their words.
struct PageIDs {
  private var used: Set<String>
  /// The number with which the next heading of the same words is tried.
  private var next: [String: Int] = [:]

  /// - Parameter reserved: ids that the page uses otherwise, those of figures and evaluations not counted.
  init(reserved: Set<String> = []) {
    used = reserved
  }

  /// The id for the heading `text`: `Why the cat?` becomes `why-the-cat`, a second one `why-the-cat-2`.
  mutating func id(for text: String) -> String {
    let base = Self.slug(text)
    while true {
      let number = next[base, default: 1]
      next[base] = number + 1
      let wanted = number == 1 ? base : "\(base)-\(number)"
      let id = Self.block(wanted) != nil ? "heading-" + wanted : wanted
      if used.insert(id).inserted { return id }
    }
  }

  /// Takes an id that a heading gives itself; false if the page has it already, or it is one of a figure's or an evaluation's.
  mutating func claim(_ id: String) -> Bool { Self.block(id) == nil && used.insert(id).inserted }

  /// Letters and digits in lower case with single hyphens between words; where there are none, the emoji; `section` without any.
  ///
  /// Characters are spelled in one way, since browsers compare bytes.
  static func slug(_ text: String) -> String {
    let slug = words(text).precomposedStringWithCanonicalMapping
    guard slug.isEmpty else { return slug }
    let emoji = text.filter { $0.unicodeScalars.first.map { !$0.isASCII && $0.properties.isEmoji } == true }
    return emoji.isEmpty ? "section" : emoji
  }

  /// The same, and empty when there are none.
  static func words(_ text: String) -> String {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" }
    return words.map { $0.filter { $0.isLetter || $0.isNumber } }.filter { !$0.isEmpty }.joined(separator: "-")
  }

  // MARK: - Figures and evaluations

  /// The id of a page's figure, counted from 1.
  static func figure(_ number: Int) -> String { "figure-\(number)" }

  /// The id of a row of a figure, both counted from 1.
  static func row(_ row: Int, ofFigure number: Int) -> String { "figure-\(number)-\(row)" }

  /// Which figure an id of that form belongs to: `figure-2`, `figure-2-1` and what is in that row, such as
  /// `figure-2-1-grad-cam`, to the second.
  static func figureNumber(_ id: String) -> Int? {
    let parts = parts(of: id)
    guard let number = number(parts, "figure") else { return nil }
    return parts.count == 2 || self.number(parts[2]) != nil ? number : nil
  }

  /// The id of what a page's block about an evaluation became, counted from 1.
  static func evaluation(_ number: Int) -> String { "evaluation-\(number)" }

  /// The id of a method's card.
  static func methodCard(_ method: String, ofEvaluation number: Int) -> String { "evaluation-\(number)-\(method)" }

  /// Which of a page's blocks about evaluations an id of that form belongs to.
  static func evaluationNumber(_ id: String) -> Int? { number(parts(of: id), "evaluation") }

  /// The id of the figure or the evaluation that an id of such a form belongs to.
  static func block(_ id: String) -> String? {
    figureNumber(id).map(figure) ?? evaluationNumber(id).map(evaluation)
  }

  private static func parts(of id: String) -> [Substring] {
    id.split(separator: "-", maxSplits: 3, omittingEmptySubsequences: false)
  }

  private static func number(_ parts: [Substring], _ word: String) -> Int? {
    parts.count > 1 && parts[0] == word ? number(parts[1]) : nil
  }

  private static func number(_ digits: Substring) -> Int? {
    digits.utf8.allSatisfy { (48...57).contains($0) } ? Int(digits) : nil
  }
}
