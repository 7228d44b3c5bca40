public import Foundation
public import Vocabulary

/// The words of the interface in one language. What the language lacks stands in English.
public struct Strings: Sendable {
  /// The language, as a BCP 47 tag.
  public let language: String
  /// By which numbers and dates are written.
  public let locale: Locale
  /// Stands for all texts.
  public let fingerprint: Fingerprint
  /// The keys of which the language has no words of its own, sorted.
  let missing: [String]
  private let texts: [String: StringText]

  /// The words that come with the program.
  public static let english = Strings("en", [StringFile.english])

  /// - Parameters:
  ///   - language: a BCP 47 tag.
  ///   - files: texts by their keys, the English ones first; later ones take the place of earlier ones.
  init(_ language: String, _ files: [[String: StringText]]) {
    self.language = language
    locale = Locale(identifier: language)
    let own = files.dropFirst().reduce(into: [:]) { known, file in known.merge(file) { _, new in new } }
    missing = LanguageTag.chain(language)[0] == "en" ? [] : StringFile.english.keys.filter { own[$0] == nil }.sorted()
    let texts = (files.first ?? [:]).merging(own) { _, new in new }
    self.texts = texts
    fingerprint = Fingerprint { account in
      account.add(language)
      for (key, text) in texts.sorted(by: { $0.key < $1.key }) {
        account.add(key)
        for part in text.parts {
          switch part {
          case .words(let words): account.add("words " + words)
          case .placeholder(let name): account.add("value " + name)
          }
        }
      }
    }
  }

  /// A text with values in its places.
  ///
  /// - Parameter values: by the names of the places.
  public func callAsFunction(_ key: StringKey, _ values: [String: String] = [:]) -> String {
    texts[key.name]?.filled(values) ?? key.name
  }

  /// The text of a key as it is written in files.
  func text(_ key: String) -> StringText? { texts[key] }

  /// The text of a key that a language may leave out, because the program has words of its own for it.
  private func text(_ key: String, _ values: [String: String] = [:], else words: String) -> String {
    texts[key]?.filled(values) ?? words
  }
}

// MARK: - Names of the field

extension Strings {
  /// What readers call a method.
  public func title(of method: MethodName) -> String { text(StringFile.key(of: method), else: method.title) }

  /// What the engine says of a method.
  ///
  /// - Parameters:
  ///   - remark: what about it.
  ///   - words: the engine's own words.
  public func remark(
    _ remark: MethodRemark, on method: String, _ values: [String: String] = [:], else words: String
  ) -> String {
    text("\(StringFile.key(ofMethod: method))_\(remark.rawValue)", values, else: words)
  }

  /// What stands above a column of what is measured.
  public func title(of measure: EvaluationMeasure) -> String { text(StringFile.key(of: measure), else: measure.title) }

  /// What is measured, as a clause behind its title.
  public func meaning(of measure: EvaluationMeasure) -> String {
    text(StringFile.key(of: measure) + "_meaning", else: measure.meaning)
  }
}

/// What the engine says of a method, in words of its own.
public enum MethodRemark: String, CaseIterable, Sendable {
  /// What it shows.
  case summary
  /// What is not finite where its result is not.
  case subject
  /// What is fixed in it.
  case settings
  /// Where chance comes in.
  case randomness
  /// What there is to say where it shows nothing, of `layer`.
  case nothing
}
