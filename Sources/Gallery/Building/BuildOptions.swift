public import Foundation
import Site

/// The folders of one build, as the user wrote them.
public struct BuildOptions: Sendable {
  /// Where the Markdown, the pictures and the models are.
  public var content: String
  /// Where the project's own Mustache templates are, which are laid over the built-in theme. The standard one may be absent.
  public var templates: String
  /// Where the site goes.
  public var output: String
  /// Whether pages with `draft: true` are built.
  public var includesDrafts: Bool
  /// Where results are kept for the next build; `nil` means `.sitegen/store` beside the content.
  public var store: String?
  /// How many processors are used; `nil` means all.
  public var jobs: Int?
  /// Folders outside of content and templates that links in them may lead into.
  public var followedLinks: [String]
  /// Whether the site is replaced in one step or not at all.
  public var isAtomic = false
  /// The address that the site will have, in place of that in `site.yml`; see `url(_:)`.
  public var url: URL?

  /// The address of a site, with a `/` at its end; `nil` where `text` is none.
  public static func url(_ text: String) -> URL? { SiteConfiguration.url(text) }

  /// Where templates are looked for unless another folder is named.
  public static let standardTemplates = "templates"

  /// Creates options; the defaults are those of the command line.
  public init(
    content: String = "content", templates: String = standardTemplates, output: String = "public",
    includesDrafts: Bool = false, store: String? = nil, jobs: Int? = nil, followedLinks: [String] = []
  ) {
    self.content = content
    self.templates = templates
    self.output = output
    self.includesDrafts = includesDrafts
    self.store = store
    self.jobs = jobs
    self.followedLinks = followedLinks
  }
}
