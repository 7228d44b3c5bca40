/// What the template of a page sees.
struct PageContext: TemplateView {
  let site: SiteContext
  let page: PageDetails
  /// The page's text and figures as HTML.
  var body = ""
  /// Cards of the experiments (home, list of experiments, model pages).
  var experiments: [CardContext] = []
  /// Cards of the models (list of models).
  var models: [CardContext] = []
  /// The tags and their experiments (list of experiments).
  var tags: [TagContext] = []
  /// The table of a model page.
  var facts: [FactView] = []
  /// The layers of a model page's network.
  var layers: [LayerView] = []
  /// Whether these are few enough to stand open.
  var hasFewLayers = false
}

/// What every page knows of the site.
struct SiteContext: TemplateView {
  let title: String
  let description: String?
  let language: String
  let author: String?
  /// Addresses of the home page, the style sheet, the script and, if there is one, the feed.
  let home: SiteAddress
  let style: SiteAddress
  let script: SiteAddress
  let feed: SiteAddress?
  /// The address of the site's icon, if content/static has one.
  let icon: SiteAddress?
  let navigation: [LinkContext]
  /// What stands at the foot of each page, as HTML, where `site.yml` says it.
  let footer: String?
}

/// A link with its words.
struct LinkContext: TemplateView {
  let title: String
  let url: SiteAddress
  /// Whether it leads to the page it stands on.
  var isCurrent = false
}

/// What a page's template knows of the page.
struct PageDetails: TemplateView {
  let title: String
  /// What the browser's tab shows.
  let windowTitle: String
  let summary: String?
  /// One sentence for search engines: the summary, else the site's description.
  let description: String?
  /// The page's absolute address.
  let canonical: String?
  /// The page's address on this site; `nil` for one that no file of the content stands for.
  var url: SiteAddress?
  /// The absolute address of a picture that stands for the page.
  let picture: Figure.Picture?
  let date: DateContext?
  let tags: [LinkContext]
  /// The headings of a page that shows them at its top.
  var contents: [ContentsEntry] = []
  /// Whether it is an article in the sense of Open Graph.
  let isArticle: Bool
  /// The neighbours in the list of experiments.
  var newer: LinkContext?
  var older: LinkContext?
}

/// A heading in a table of contents.
struct ContentsEntry: TemplateView {
  let title: String
  let url: SiteAddress
  /// The headings below it, of any level.
  var parts: [LinkContext] = []
}

/// A day for machines and for people.
struct DateContext: TemplateView {
  let machine: String
  let words: String
  /// `2026/11/22`, as catalogues of papers read it.
  let slashed: String

  /// The day in the site's language where the long form is known, else as digits.
  init(_ date: CalendarDate, language: String) {
    machine = date.description
    slashed = date.description.replacing("-", with: "/")
    words = language.lowercased().split(separator: "-").first == "en" ? date.longForm : date.description
  }
}

/// An experiment or a model in a list.
struct CardContext: TemplateView {
  let title: String
  let url: SiteAddress
  let summary: String?
  let date: DateContext?
  /// The photo of the first figure.
  let photo: Figure.Picture?
  /// A map, to be laid over the photo.
  let map: Figure.Picture?
}

/// A tag and what carries it.
struct TagContext: TemplateView {
  let name: String
  let id: String
  let pages: [LinkContext]
}
