/// How a page, or a figure on it, is cited.
struct Citation {
  private let fields: [(name: String, value: String)]
  private let key: String

  /// - Parameters:
  ///   - figure: the figure's number; `nil` for the page.
  ///   - strings: the words of the interface, in the page’s language.
  init(_ page: Page, figure: Int? = nil, of configuration: SiteConfiguration, _ strings: Strings) {
    let part =
      figure.map { strings(.figureInPage, ["number": String($0), "title": page.title]) } ?? page.title
    let address = PageLinker.canonical(page.outputPath, site: configuration.url)
      .map { $0 + (figure.map { "#" + PageIDs.figure($0) } ?? "") }
    self.init(
      part, at: address, [PageIDs.slug(page.slug)] + (figure.map { ["figure-\($0)"] } ?? []), page, configuration)
  }

  /// - Parameters:
  ///   - picture: a picture of a collection on the page.
  ///   - strings: the words of the interface, in the page’s language.
  init(_ page: Page, picture: LinkContext, of configuration: SiteConfiguration, _ strings: Strings) {
    let address: String? =
      if case .file(let path, _) = picture.url { PageLinker.canonical(path, site: configuration.url) } else { nil }
    self.init(
      strings(.pictureInPage, ["picture": picture.title, "title": page.title]), at: address,
      [PageIDs.slug(page.slug), PageIDs.slug(picture.title)], page, configuration)
  }

  private init(
    _ part: String, at address: String?, _ key: [String], _ page: Page, _ configuration: SiteConfiguration
  ) {
    fields = [
      ("title", Self.escaped(part)), ("author", "{\(Self.escaped(configuration.author ?? configuration.title))}"),
      ("howpublished", Self.escaped(configuration.title)),
      ("year", page.date.map { String($0.description.prefix(4)) } ?? ""), ("url", address ?? ""),
    ].filter { !$0.1.isEmpty }
    self.key = key.joined(separator: "-")
  }

  /// An entry for BibTeX.
  var bibTeX: String {
    "@misc{\(key),\n" + fields.map { "  \($0.name) = {\($0.value)},\n" }.joined() + "}"
  }

  /// Text in which nothing is a command to TeX.
  private static func escaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "\\": "\\textbackslash{}"
      case "~": "\\textasciitilde{}"
      case "^": "\\textasciicircum{}"
      case "{", "}", "%", "&", "#", "_", "$": "\\\(character)"
      default: String(character)
      }
    }.joined()
  }
}
