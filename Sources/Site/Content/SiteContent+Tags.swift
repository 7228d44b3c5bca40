import Diagnostics

extension SiteContent {
  /// A warning for tags that differ only by case: surely one is meant, and each gets a page of its own.
  var tagsOfTwoSpellings: [Diagnostic] {
    languages.flatMap(tagsOfTwoSpellings)
  }

  private func tagsOfTwoSpellings(in language: String) -> [Diagnostic] {
    var places: [String: [SourceLocation]] = [:]
    for page in experiments where page.language == language {
      for tag in page.tags { places[tag, default: []].append(page.tagsLocation ?? page.location) }
    }
    let groups = Dictionary(grouping: places.keys) { $0.lowercased() }.values.filter { $0.count > 1 }
    return groups.map { group in
      // The commonest first, as the one that is meant.
      let spellings = group.sorted { (places[$1]?.count ?? 0, $0) < (places[$0]?.count ?? 0, $1) }
      let told = spellings.map { "“\($0)” in \(Self.list(places[$0] ?? []))" }.joined(separator: ", ")
      return Diagnostic.warning(
        "Tags differ by case alone, and have a page each: \(told).", at: spellings.last.flatMap { places[$0]?.first },
        hint: "Write “\(spellings[0])” everywhere.")
    }.sorted { $0.description < $1.description }
  }

  private static func list(_ places: [SourceLocation]) -> String {
    let shown = places.prefix(3).map(\.file).joined(separator: ", ")
    return places.count > 3 ? "\(shown) and \(places.count - 3) more" : shown
  }
}
