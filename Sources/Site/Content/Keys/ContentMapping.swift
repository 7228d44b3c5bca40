/// A mapping that content may hold: each sort of it with its keys, from which both readers and the reference take them.
enum ContentMapping: CaseIterable {
  case site, navigation, language, theme, accent, fonts, defaults
  case home, page, block, evaluation, methodCards
  case card, input, source, furtherInput, furtherOutput

  /// The front matter of a page.
  init(of kind: Page.Kind) {
    self =
      switch kind {
      case .home: .home
      case .experiment, .page: .page
      case .model: .card
      }
  }

  /// What it may hold.
  var keys: YAMLKeys {
    switch self {
    case .site: YAMLKeys(of: "site.yml", Self.siteKeys)
    case .navigation: YAMLKeys(of: "a navigation entry", Self.navigationKeys)
    case .language: YAMLKeys(of: "a language of “languages”", Self.languageKeys)
    case .theme: YAMLKeys(of: "“theme”", Self.themeKeys)
    case .accent: YAMLKeys(of: "“accent”", Self.accentKeys)
    case .fonts: YAMLKeys(of: "“fonts”", Self.fontKeys)
    case .defaults: YAMLKeys(of: "“defaults”", Self.explainKeys(for: .site))
    case .home: YAMLKeys(of: "a page's front matter", Self.homeKeys + Self.explainKeys(for: .page))
    case .page: YAMLKeys(of: "a page's front matter", Self.pageKeys + Self.explainKeys(for: .page))
    case .block: YAMLKeys(of: "an explain block", Self.explainKeys(for: .block))
    case .evaluation: YAMLKeys(of: "an evaluation block", Self.evaluationKeys)
    case .methodCards: YAMLKeys(of: "a block of method cards", Self.methodCardKeys)
    case .card: YAMLKeys(of: "a model card", Self.cardKeys + Self.explainKeys(for: .modelCard))
    case .input: YAMLKeys(of: "“input”", Self.inputKeys)
    case .source: YAMLKeys(of: "“source”", Self.sourceKeys)
    case .furtherInput: YAMLKeys(of: "an input of “inputs”", Self.furtherInputKeys)
    case .furtherOutput: YAMLKeys(of: "an output of “outputs”", Self.furtherOutputKeys)
    }
  }

  /// Names as text for a meaning: `` `stretch`, `crop` or `pad` ``.
  static func choices(_ names: [String]) -> String {
    let quoted = names.map { "`\($0)`" }
    return quoted.count < 2
      ? quoted.joined() : quoted.dropLast().joined(separator: ", ") + " or " + (quoted.last ?? "")
  }

  /// The values of a key that has some to choose from.
  static func choices<Choice: CaseIterable & RawRepresentable<String>>(_ type: Choice.Type) -> String {
    choices(type.allCases.map(\.rawValue))
  }
}
