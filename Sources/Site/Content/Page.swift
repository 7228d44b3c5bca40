public import Diagnostics
import Files

/// One Markdown file of the content folder.
public struct Page: Sendable {
  /// Which folder it came from.
  public enum Kind: String, Hashable, Sendable {
    case home, experiment, model, page
  }

  /// What sort of page it is.
  public var kind: Kind
  /// The path from the content folder: `experiments/cat-dog.md`.
  public var sourcePath: String
  /// The file's name without the language in it: pages of one name in one folder are translations of each other.
  public var name: String
  /// The file as the user knows it.
  public var location: SourceLocation
  /// The last part of the page's address, without extension.
  public var slug: String
  /// The title in plain text.
  public var title: String
  /// One sentence for lists and search engines.
  public var summary: String?
  /// The day of publication.
  public var date: CalendarDate?
  /// The language that it is written in, as a BCP 47 tag.
  public var language = "en"
  /// Tags, in the order written.
  public var tags: [String]
  /// Where they are written, if there are any.
  public internal(set) var tagsLocation: SourceLocation?
  /// Where the page was before, as paths from the output folder, see `YAMLMapping.aliases`.
  public internal(set) var aliases: [Located<String>] = []
  /// Whether the page is left out of an ordinary build.
  public var isDraft: Bool
  /// Whether HTML in the Markdown is passed on.
  public var allowsRawHTML: Bool
  /// The page's explain blocks in reading order; those with faults are missing.
  public var figures: [FigureRequest]
  /// The page's blocks about evaluations in reading order; those with faults are missing.
  public var evaluations: [EvaluationRequest] = []

  /// Where the page is written, from the output folder: `experiments/cat-dog.html`.
  public var outputPath: String
  /// Stands for all that the page was read from: its file, what it shares with other pages, and the files that it names.
  public internal(set) var fingerprint = Fingerprint(of: [])
  /// What stands below the front matter.
  var body: PageBody
  /// Whether a figure made of front matter stands before the body.
  var hasLeadingFigure = false
  /// Whether a table of its headings stands before the text.
  var hasContents = false
}

extension Page {
  /// What the figures ask of each picture under each network, in reading order.
  public var requests: [ExplainRequest] { figures.flatMap(\.parts) }

  /// Stands for the page in whatever language: where its file lies, and its name.
  var subject: String { PathText.join(PathText.folder(of: sourcePath), name) }

  /// Whether the name of its file says in which language it is.
  var isMarked: Bool { MarkdownName.stem(of: sourcePath) != name }

  /// Where a page with this slug is written, from the output folder.
  ///
  /// - Parameter base: the folder of its language, see `SiteConfiguration.base`.
  static func outputPath(of kind: Kind, slug: String, in base: String = "") -> String {
    switch kind {
    case .home: "\(base)index.html"
    case .experiment: "\(base)experiments/\(slug).html"
    case .model: "\(base)models/\(slug).html"
    case .page: "\(base)\(slug).html"
    }
  }
}
