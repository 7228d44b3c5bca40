import Diagnostics
public import Foundation

/// What `site.yml` says.
public struct SiteConfiguration: Sendable {
  /// The site's name.
  public var title: String
  /// One sentence about the site.
  public var description: String?
  /// A BCP 47 language tag such as `en`.
  public var language: String
  /// Whether `site.yml` says which; if not, English is assumed.
  public var statesLanguage: Bool
  /// The address that the site will have, ending in `/`; `nil` leaves out everything that needs absolute addresses.
  public var url: URL?
  /// Who answers for the site.
  public var author: String?
  /// The most experiments on one page of a list, at least 1.
  public var pageSize: Int
  /// The entries of the menu, in order.
  public var navigation: [NavigationItem]?
  /// Whether HTML in Markdown is passed on everywhere.
  public var allowsRawHTML: Bool
  /// Whether straight quotes and dashes become typographic ones.
  public var smartPunctuation: Bool
  /// What blocks leave unsaid when neither page nor model card says it.
  public var defaults: ExplainSettings
  /// What it changes of the theme.
  public var theme: SiteTheme
  /// What it says in other languages than its own, by their tags.
  var translations: [String: Translation] = [:]
  /// The file's text.
  let source: String

  /// One entry of the menu.
  public struct NavigationItem: Sendable, Hashable {
    /// What the reader sees.
    public var title: String
    /// A Markdown file of the content folder, or an absolute address.
    public var link: Located<String>
  }

  /// What is said of the site in another language.
  struct Translation: Sendable {
    var title: String?
    var description: String?
    var author: String?
    var navigation: [NavigationItem]?
    var footer: Located<String>?
    /// Where all that stands.
    let location: SourceLocation
  }

  /// The folder of the pages in a language, with a slash behind it; nothing for the site's own.
  func base(of language: String) -> String { language == self.language ? "" : language + "/" }

  /// The same for the pages in a language. What is not said in it is said in the site's own.
  func translated(to language: String) -> SiteConfiguration {
    guard let translation = translations[language] else { return self }
    var copy = self
    copy.title = translation.title ?? title
    copy.description = translation.description ?? description
    copy.author = translation.author ?? author
    copy.navigation = translation.navigation ?? navigation
    copy.theme.footer = translation.footer ?? theme.footer
    return copy
  }
}
