extension SiteRenderer {
  /// The languages that readers of the page at `path` can change to, with that of the page itself; none where the site has one
  /// alone.
  func languages(at path: String, in language: String) -> [LanguageContext] {
    let translations = translations.of(path)
    let languages = frames.compactMap { frame -> LanguageContext? in
      let isShown = frame.language == language
      guard
        let target = translations.first(where: { $0.language == frame.language })?.path ?? frame.beginning
          ?? (isShown ? path : nil)
      else { return nil }
      return LanguageContext(
        name: LanguageTag.name(of: frame.language), language: frame.language, url: isShown ? nil : .file(target))
    }
    return languages.count > 1 ? languages : []
  }

  /// Where the page at `path` is in each of its languages, for search engines; none where it is in one alone.
  func alternates(of path: String) -> [AlternateContext] {
    let places = translations.of(path)
    let own = places.first { $0.language == frame.language } ?? places.first
    return (places.map { ($0.language, $0.path) } + (own.map { [("x-default", $0.path)] } ?? [])).map {
      language, path in
      AlternateContext(
        language: language,
        url: PageLinker.canonical(path, site: content.configuration.url).map(SiteAddress.web) ?? .file(path))
    }
  }
}
