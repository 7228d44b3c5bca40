import Foundation

extension Strings {
  /// The language with a country, as Open Graph has it: `en_US`. Where the tag names none, it is the country where most people read
  /// the language; `nil` where none is known.
  var openGraphLocale: String? {
    let language = Locale.Language(identifier: Locale.Language(identifier: language).maximalIdentifier)
    guard let code = language.languageCode?.identifier, let country = language.region?.identifier else { return nil }
    return "\(code)_\(country)"
  }
}
