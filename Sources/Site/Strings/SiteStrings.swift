import Diagnostics
import Vocabulary

/// The words of a site in each of its languages: those of the program, and over them those of `content/strings`.
public struct SiteStrings: Sendable {
  private let languages: [String: Strings]

  /// The words of the program.
  ///
  /// - Parameter languages: the tags of the languages that the site's pages are written in.
  init(_ languages: Set<String>) { self.init(languages, own: [:]) }

  private init(_ languages: Set<String>, own: [String: [String: StringText]]) {
    self.languages = Dictionary(
      uniqueKeysWithValues: languages.map { language in
        let chain = (["en"] + LanguageTag.chain(language)).uniqued()
        return (language, Strings(language, chain.flatMap { [StringFile.builtIn[$0], own[$0]].map { $0 ?? [:] } }))
      })
  }

  /// Reads the project's files of texts.
  ///
  /// - Parameters:
  ///   - languages: the tags of the languages that the site's pages are written in.
  ///   - methods: those of which texts may speak.
  ///   - faults: receives what is wrong with them, and a warning for each language that lacks words.
  init(
    from folder: ContentFolder, for languages: Set<String>, _ methods: [MethodName], _ faults: inout DiagnosticList
  ) {
    let known = StringFile.known(methods)
    let used = Set(languages.flatMap(LanguageTag.chain) + ["en"])
    var own: [String: [String: StringText]] = [:]
    for name in faults.attempt({ () throws(Diagnostic) in try folder.names(in: Self.folder) }) ?? []
    where !name.hasPrefix(".") {
      let path = Self.folder + "/" + name
      let place = SourceLocation(file: folder.shown(path))
      guard let tag = StringFile.tag(of: name) else {
        faults.append(
          .warning("This file is not read.", at: place, hint: "Call it by a language tag: `en.yml`, or `pt-BR.yml`."))
        continue
      }
      let file = faults.attempt { () throws(Diagnostic) in try folder.source(path) }
      own[tag] = file.map { StringFile.read($0.text, from: $0.name, known: known, &faults) }
      if !used.contains(tag) {
        faults.append(
          .warning("No page of the site is in this language.", at: place, hint: "Set `language:` in site.yml."))
      }
    }
    self.init(languages, own: own)
    for language in languages.sorted() { warning(for: language, folder).map { faults.append($0) } }
  }

  private static let folder = "strings"

  /// The words in a language.
  ///
  /// - Returns: those in English for a language that the site has not.
  public subscript(language: String) -> Strings { languages[language] ?? .english }

  private func warning(for language: String, _ folder: ContentFolder) -> Diagnostic? {
    let missing = self[language].missing
    guard let first = missing.first else { return nil }
    let all = StringFile.english.count
    return .warning(
      "\(missing.count) of the \(all) texts of the interface have no words in “\(language)”, and stand in English.",
      at: SourceLocation(file: folder.shown("site.yml")),
      hint: "Give them in \(folder.shown("\(Self.folder)/\(language).yml")), with lines such as `\(first): …`.")
  }
}
