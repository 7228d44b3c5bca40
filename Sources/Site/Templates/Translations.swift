import Files

/// Which pages of a site say the same in different languages.
struct Translations: Sendable {
  /// A page in one of them.
  struct Place: Sendable {
    let language: String
    /// The page's path from the output folder.
    let path: String
  }

  private let groups: [ExactPath: [Place]]

  /// - Parameter frames: the languages of the site, in the order in which readers see them.
  init(_ content: SiteContent, _ frames: [SiteFrame]) {
    var found: [String: [String: String]] = [:]
    for page in content.allPages { found[page.subject, default: [:]][page.language] = page.outputPath }
    var all = Array(found.values)
    for template in ["experiments", "tags"] {
      let lists = frames.flatMap(\.lists).filter { $0.template == template }
      all.append(Dictionary(lists.map { ($0.language, $0.pages.path(1)) }) { first, _ in first })
    }
    var groups: [ExactPath: [Place]] = [:]
    for paths in all where paths.count > 1 {
      let places = frames.compactMap { frame in
        paths[frame.language].map { Place(language: frame.language, path: $0) }
      }
      for place in places { groups[ExactPath(place.path)] = places }
    }
    self.groups = groups
  }

  /// The page at `path` in each language that it is there in, itself among them; none where it is in one alone.
  func of(_ path: String) -> [Place] { groups[ExactPath(path)] ?? [] }
}
