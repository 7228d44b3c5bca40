import Diagnostics
public import Foundation

extension SiteConfiguration {
  /// What `site.yml` says; faults go to `diagnostics`. Without the file, a site called “Untitled” goes on so that the
  /// other files are checked too.
  init(from folder: ContentFolder, names: KnownNames, diagnostics: inout DiagnosticList) {
    let name = folder.shown("site.yml")
    var value: YAMLValue?
    var source = ""
    if folder.hasFile("site.yml") {
      let file = diagnostics.attempt { () throws(Diagnostic) in try folder.source("site.yml") }
      source = file?.text ?? ""
      value = file.flatMap { YAMLParser.parse($0.text, from: TextOrigin(file: name), diagnostics: &diagnostics) }
    } else {
      let isNamedOtherwise = folder.hasFile("site.yaml")
      diagnostics.append(
        .error(
          "There is no site.yml in \(folder.name).",
          hint: isNamedOtherwise ? "Rename site.yaml." : "Write one with a line `title: …`."))
    }
    self.source = source
    let hadFaults = diagnostics.hasErrors
    var mapping = YAMLMapping(value, ContentMapping.site.keys, at: SourceLocation(file: name, line: 1))
    // A file that is absent or broken has been reported; that its keys are missing is no news then.
    let title = hadFaults && value == nil ? mapping.text("title") : mapping.requiredText("title", example: "title: …")
    self.title = title?.value ?? "Untitled"
    description = mapping.text("description")?.value
    let tag = mapping.language()?.value
    (language, statesLanguage) = (tag ?? "en", tag != nil)
    url = mapping.baseURL()
    author = mapping.text("author")?.value
    let pageSize = mapping.integer("page_size", in: 1...1000, "a whole number of experiments")
    self.pageSize = pageSize?.value ?? Self.standardPageSize
    navigation = mapping.navigation(folder)
    allowsRawHTML = mapping.bool("raw_html") ?? false
    smartPunctuation = mapping.bool("smart_punctuation") ?? false
    theme = mapping.siteTheme() ?? SiteTheme()
    translations = mapping.translations(besides: language, folder)
    if var defaults = mapping.mapping("defaults", ContentMapping.defaults.keys) {
      let context = SettingsContext(folder: folder, directory: "", names: names)
      self.defaults = defaults.explainSettings(for: .site, context)
      mapping.report(defaults.finish())
    } else {
      defaults = ExplainSettings()
    }
    diagnostics.append(contentsOf: mapping.finish().all)
  }
}

extension SiteConfiguration {
  /// The address of a site, with a `/` at its end; `nil` where `text` is no http or https address, or has a query or a fragment.
  public static func url(_ text: String) -> URL? {
    guard let url = URL(string: text), ["http", "https"].contains(url.scheme?.lowercased()), url.host?.isEmpty == false,
      url.query == nil, url.fragment == nil
    else { return nil }
    return text.hasSuffix("/") ? url : URL(string: text + "/")
  }

  /// Six rows of four, eight of three.
  private static let standardPageSize = 24
}

extension YAMLMapping {
  /// The language of a page, or of a site.
  mutating func language() -> Located<String>? { text("language").flatMap { language($0) } }

  private mutating func language(_ tag: Located<String>) -> Located<String>? {
    guard LanguageTag.isTag(tag.value) else {
      report(.error("“\(tag.value)” is not a language tag.", at: tag.location, hint: "Write one like `en` or `pt-BR`."))
      return nil
    }
    return Located(LanguageTag.canonical(tag.value), at: tag.location)
  }

  /// What a site says in other languages than its own.
  fileprivate mutating func translations(
    besides own: String, _ folder: ContentFolder
  ) -> [String: SiteConfiguration.Translation] {
    guard var languages = mapping("languages", YAMLKeys(of: "“languages”", [])) else { return [:] }
    var found: [String: SiteConfiguration.Translation] = [:]
    for (key, value) in languages.allPairs() {
      guard let tag = language(key) else { continue }
      guard tag.value != own else {
        report(
          .error(
            "“\(tag.value)” is the site's own language.", at: key.location,
            hint: "Write its title and the rest at the top of site.yml."))
        continue
      }
      var entry = YAMLMapping(value, ContentMapping.language.keys, at: value.location)
      found[tag.value] = SiteConfiguration.Translation(
        title: entry.text("title")?.value, description: entry.text("description")?.value,
        author: entry.text("author")?.value, navigation: entry.navigation(folder), footer: entry.text("footer"),
        location: key.location)
      report(entry.finish())
    }
    report(languages.finish())
    return found
  }

  fileprivate mutating func baseURL() -> URL? {
    guard let text = text("url"), let address = webAddress(text, "url") else { return nil }
    guard let url = SiteConfiguration.url(address.absoluteString) else {
      report(.error("“url” must end with its path.", at: text.location, hint: "Remove what follows `?` or `#`."))
      return nil
    }
    return url
  }

  fileprivate mutating func navigation(_ folder: ContentFolder) -> [SiteConfiguration.NavigationItem]? {
    guard let value = value("navigation") else { return nil }
    guard case .sequence(let values) = value.kind else {
      report(
        .error(
          "“navigation” must be a list, not \(value.kindName).", at: value.location,
          hint: "Write entries `- {title: About, link: pages/about.md}`."))
      return nil
    }
    return values.compactMap { value in
      var entry = YAMLMapping(value, ContentMapping.navigation.keys, at: value.location)
      let title = entry.requiredText("title", example: "title: About")
      let link = entry.requiredText("link", example: "link: pages/about.md")
      report(entry.finish())
      guard let title, let link else { return nil }
      return SiteConfiguration.NavigationItem(title: title.value, link: link)
    }
  }
}
