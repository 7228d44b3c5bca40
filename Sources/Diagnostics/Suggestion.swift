/// “Did you mean …?” for names that people mistype.
public enum Suggestion {
  /// Nobody mistypes a longer name, and comparing takes time that grows with the square of the length.
  private static let longest = 100

  /// Names that are compared with many words: what can be worked out beforehand is.
  public struct Candidates: Sendable {
    private struct Candidate {
      let name: String
      let scalars: [Unicode.Scalar]
      let letters: Letters
    }

    private var all: [Candidate] = []

    /// How many names there are.
    public var count: Int { all.count }

    /// Prepares names. Those that are too long to be mistyped are left out.
    public init(_ names: some Sequence<String>) {
      for name in names where name.utf8.count <= 8 * longest {
        let scalars = Array(name.lowercased().unicodeScalars)
        all.append(Candidate(name: name, scalars: scalars, letters: Letters(scalars)))
      }
    }

    /// The name nearest to `word`, as `Suggestion.nearest` finds it.
    public func nearest(to word: String) -> String? {
      guard word.utf8.count <= 4 * longest else { return nil }
      let target = Array(word.lowercased().unicodeScalars)
      guard target.count <= longest else { return nil }
      let letters = Letters(target)
      var limit = max(1, target.count / 3)
      var best: String?
      for candidate in all {
        // Each edit changes at most one letter on either side, which rules most names out at little cost.
        guard abs(candidate.scalars.count - target.count) <= limit,
          letters.difference(to: candidate.letters) <= 2 * limit
        else { continue }
        let distance = editDistance(target, candidate.scalars)
        guard distance <= limit else { continue }
        best = candidate.name
        if distance == 0 { break }
        limit = distance - 1
      }
      return best
    }
  }

  /// The candidate nearest to `word` by edit distance (case ignored), or `nil` when none is near.
  ///
  /// Near means at most a third of the word's length, and at least one edit. Where many words are compared with the same
  /// candidates, use `Candidates`.
  public static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
    Candidates(candidates).nearest(to: word)
  }

  /// Which letters a word has, as a set of 64.
  private struct Letters {
    private var bits: UInt64 = 0

    init(_ scalars: [Unicode.Scalar]) {
      for scalar in scalars { bits |= 1 << UInt64(scalar.value % 64) }
    }

    func difference(to other: Letters) -> Int { (bits ^ other.bits).nonzeroBitCount }
  }

  /// A hint that offers the nearest candidate, or else lists them when they are few.
  public static func hint(for word: String, in candidates: some Collection<String>) -> String? {
    if let near = nearest(to: word, in: candidates) { return "Did you mean “\(near)”?" }
    guard (1...12).contains(candidates.count) else { return nil }
    return "Try one of: \(candidates.joined(separator: ", "))."
  }

  /// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
  static func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforePrevious = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in 1...a.count {
      var current = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        let substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        current[j] = min(previous[j] + 1, current[j - 1] + 1, substitution)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          current[j] = min(current[j], beforePrevious[j - 2] + 1)
        }
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[b.count]
  }
}
