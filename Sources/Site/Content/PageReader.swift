import Diagnostics
import Foundation
import Vocabulary

/// Reads one Markdown file: its front matter first, its explain blocks once all model cards are known.
struct PageReader {
  /// What the pages of a site have in common.
  struct Surroundings {
    let configuration: SiteConfiguration
    /// The model cards that could be read, by name.
    let cards: [String: ModelCard]
    /// What settings may name.
    let names: KnownNames
    /// Ids that the templates put on pages.
    let reservedIDs: Set<String>
    /// Stands for all of it.
    let fingerprint: Fingerprint
  }

  let kind: Page.Kind
  let path: String
  private let name: PageName
  private(set) var slug: String
  private let folder: ContentFolder
  /// The file.
  let text: String
  /// The YAML at its top.
  let frontMatter: String
  private var mapping: YAMLMapping
  private let source: MarkdownSource

  private var title: String?
  private var summary: String?
  private var date: CalendarDate?
  private var tags: [String] = []
  private var tagsLocation: SourceLocation?
  private var language: String?
  private var aliases: [Located<String>] = []
  private(set) var isDraft = false
  private var hasContents = false
  private var allowsRawHTML: Bool?
  private var settings = ExplainSettings()

  /// Reads the file and its YAML; `nil` when it cannot be read at all.
  init?(path: String, kind: Page.Kind, folder: ContentFolder, diagnostics: inout DiagnosticList) {
    guard let file = diagnostics.attempt({ () throws(Diagnostic) in try folder.source(path) }),
      let matter = diagnostics.attempt({ () throws(Diagnostic) in try FrontMatter(of: file) })
    else { return nil }
    text = file.text
    frontMatter = matter.yaml
    self.kind = kind
    self.path = path
    self.folder = folder
    name = PageName(of: path, in: folder)
    language = name.language
    // Whoever writes the address spells it so.
    slug = name.name.precomposedStringWithCanonicalMapping
    if kind == .model, let language {
      diagnostics.append(
        .error(
          "There is no model card in another language (“\(language)”): a network has one card.",
          at: SourceLocation(file: folder.shown(path)),
          hint: "Write about the network on a page in `pages`, or rename the file."))
      return nil
    }
    source = matter.body
    let faults = diagnostics.all.count
    mapping = YAMLMapping(matter, ContentMapping(of: kind).keys, diagnostics: &diagnostics)
    // A YAML fault has been reported; that keys are missing is no news then.
    if diagnostics.all.count > faults, mapping.isEmpty { return nil }
  }

  /// Reads the keys of a page that is not a model card.
  mutating func readPageKeys(_ context: SettingsContext) {
    title =
      kind == .home ? mapping.text("title")?.value : mapping.requiredText("title", example: "title: …")?.value
    readCommonKeys()
    readLanguage()
    date = mapping.date("date")
    tags = mapping.oneOrMore("tags") { $0.text(of: $1, "tags")?.value }?.uniqued() ?? []
    tagsLocation = mapping.location(of: "tags")
    if kind != .experiment, !tags.isEmpty, let place = tagsLocation {
      mapping.report(
        .warning(
          "Nothing lists these tags: only experiments are listed by tag.", at: place, hint: "Remove the line."))
    }
    if kind != .home {
      isDraft = mapping.bool("draft") ?? false
      hasContents = mapping.bool("toc") ?? false
      slug = mapping.slug("slug") ?? slug
    }
    settings = mapping.explainSettings(for: .page, context)
  }

  private mutating func readLanguage() {
    guard let stated = mapping.language() else { return }
    if let language, language != stated.value {
      mapping.report(
        .error(
          "“\(stated.value)” contradicts the file's name, which says “\(language)”.", at: stated.location,
          hint: "Remove the line, or rename the file."))
    }
    language = stated.value
  }

  /// Reads the keys of a model card.
  mutating func readModelKeys(_ context: SettingsContext) -> ModelCard? {
    let card = ModelCard(&mapping, name: slug, context)
    title = card?.title
    readCommonKeys()
    settings.models = [Located(slug, at: SourceLocation(file: folder.shown(path)))]
    return card
  }

  private mutating func readCommonKeys() {
    summary = mapping.text("summary")?.value
    allowsRawHTML = mapping.bool("raw_html")
    aliases = mapping.aliases()
  }

  /// The finished page; `nil` when it lacks a title.
  func page(_ surroundings: Surroundings, diagnostics: inout DiagnosticList) -> Page? {
    diagnostics.append(contentsOf: mapping.finish().all)
    let language = language ?? surroundings.configuration.language
    let defaults = surroundings.configuration.translated(to: language)
    let tree = MarkdownTree(parsing: source.text, smartPunctuation: defaults.smartPunctuation)
    let blocks = FencedBlock.all(in: tree, of: source)
    let explainBlocks = blocks.filter { $0.kind == .explain }
    diagnostics.append(contentsOf: FencedBlock.misspelt(in: tree, of: source))
    let context = SettingsContext(
      folder: folder, directory: RelativePath.folder(of: path), names: surroundings.names)
    func figure(_ settings: ExplainSettings, _ number: Int, at location: SourceLocation) -> FigureRequest? {
      FigureRequest(
        settings.filled(from: self.settings), cards: surroundings.cards, defaults: defaults.defaults,
        standardMethods: surroundings.names.methods.standard, id: FigureRequest.ID(page: path, number: number),
        at: location, diagnostics: &diagnostics)
    }
    var figures = explainBlocks.enumerated().compactMap { index, block -> FigureRequest? in
      let value = YAMLParser.parse(block.yaml, from: block.origin, diagnostics: &diagnostics)
      var mapping = YAMLMapping(value, ContentMapping.block.keys, at: block.location)
      let settings = mapping.explainSettings(for: .block, context)
      let isBroken = mapping.isBroken
      diagnostics.append(contentsOf: mapping.finish().all)
      return isBroken ? nil : figure(settings, index + 1, at: block.location)
    }
    let evaluations = blocks.filter { $0.kind != .explain }.enumerated().compactMap { index, block in
      evaluation(block, index + 1, context, diagnostics: &diagnostics)
    }
    var hasLeadingFigure = false
    if explainBlocks.isEmpty, kind != .model, let place = mapping.location(of: "image") {
      if mapping.location(of: "classes") ?? mapping.location(of: "top") == nil {
        diagnostics.append(
          .warning(
            "The page gives an image and asks nothing about it.", at: place,
            hint: "Add `classes: [label]`, `top: 3`, or an explain block."))
      } else if let leading = figure(ExplainSettings(), 1, at: mapping.location) {
        figures = [leading]
        hasLeadingFigure = true
      }
    }
    guard let title = title ?? (kind == .home ? defaults.title : nil) else { return nil }
    let allowsRawHTML = allowsRawHTML ?? defaults.allowsRawHTML
    if !allowsRawHTML { diagnostics.append(contentsOf: warnings(ofHTMLIn: tree)) }
    let body = PageBody(
      tree, blocks: blocks, allowsRawHTML: allowsRawHTML, reservedIDs: surroundings.reservedIDs, file: source.file)
    diagnostics.append(contentsOf: body.faults)
    return Page(
      kind: kind, sourcePath: path, name: name.name, location: SourceLocation(file: folder.shown(path)), slug: slug,
      title: title, summary: summary, date: date, language: language, tags: tags, tagsLocation: tagsLocation,
      aliases: aliases,
      isDraft: isDraft, allowsRawHTML: allowsRawHTML, figures: figures, evaluations: evaluations,
      outputPath: Page.outputPath(of: kind, slug: slug, in: defaults.base(of: language)),
      body: body, hasLeadingFigure: hasLeadingFigure, hasContents: hasContents)
  }

  private func evaluation(
    _ block: FencedBlock, _ number: Int, _ context: SettingsContext, diagnostics: inout DiagnosticList
  ) -> EvaluationRequest? {
    let value = YAMLParser.parse(block.yaml, from: block.origin, diagnostics: &diagnostics)
    let keys = (block.kind == .evaluation ? ContentMapping.evaluation : .methodCards).keys
    var mapping = YAMLMapping(value, keys, at: block.location)
    let request = EvaluationRequest(
      block.kind, &mapping, id: EvaluationRequest.ID(page: path, number: number), at: block.location, context)
    let isBroken = mapping.isBroken
    diagnostics.append(contentsOf: mapping.finish().all)
    return isBroken ? nil : request
  }

  /// A warning for each piece of HTML that is left out; comments are not missed.
  private func warnings(ofHTMLIn tree: MarkdownTree) -> [Diagnostic] {
    tree.nodes.compactMap { node in
      guard let html = node.rawHTML, !html.hasPrefix("<!--") else { return nil }
      return .warning(
        "HTML is left out here.", at: SourceLocation(file: source.file, line: node.line),
        hint: "Write Markdown, or set `raw_html: true` in the page's front matter.")
    }
  }
}

extension YAMLMapping {
  /// A day of the calendar.
  fileprivate mutating func date(_ key: String) -> CalendarDate? {
    guard let text = text(key) else { return nil }
    guard let date = CalendarDate(text.value) else {
      report(
        .error(
          "“\(text.value)” is not a day of the calendar.", at: text.location, hint: "Write it like 2026-11-22."))
      return nil
    }
    return date
  }

  /// A word for the page's address.
  fileprivate mutating func slug(_ key: String) -> String? {
    guard let text = text(key) else { return nil }
    guard text.value.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }) else {
      report(
        .error(
          "“\(text.value)” cannot be a slug.", at: text.location, hint: "Use letters, digits, `-` and `_` only."))
      return nil
    }
    return text.value.precomposedStringWithCanonicalMapping
  }
}
