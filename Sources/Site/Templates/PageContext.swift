/// What the template of a page sees.
struct PageContext: Sendable {
  let site: SiteContext
  let page: PageDetails
  /// The page's text and figures as HTML.
  let body: String
  /// Cards of the experiments (home, list of experiments, model pages).
  var experiments: [CardContext] = []
  /// Cards of the models (list of models).
  var models: [CardContext] = []
  /// The tags and their experiments (list of experiments).
  var tags: [TagContext] = []
  /// The table of a model page.
  var facts: [FactView] = []
  /// The layers of a model page's network.
  var layers: [LayerContext] = []
  /// Whether these are few enough to stand open.
  var hasFewLayers = false
}

/// What every page knows of the site.
struct SiteContext: Sendable {
  let title: String
  let description: String?
  let language: String
  let author: String?
  /// Addresses of the home page, the style sheet and, if there is one, the feed.
  let home: String
  let style: String
  let feed: String?
  /// The address of the site's icon, if content/static has one.
  let icon: String?
  let navigation: [LinkContext]
}

/// A link with its words.
struct LinkContext: Sendable {
  let title: String
  var url: String
  /// Whether it leads to the page it stands on.
  var isCurrent = false
}

/// What a page's template knows of the page.
struct PageDetails: Sendable {
  let title: String
  /// What the browser's tab shows.
  let windowTitle: String
  let summary: String?
  /// One sentence for search engines: the summary, else the site's description.
  let description: String?
  /// The page's absolute address.
  let canonical: String?
  /// The absolute address of a picture that stands for the page.
  let picture: PictureContext?
  let date: DateContext?
  let tags: [LinkContext]
  /// Whether it is an article in the sense of Open Graph.
  let isArticle: Bool
  /// The neighbours in the list of experiments.
  var newer: LinkContext?
  var older: LinkContext?
}

/// A day for machines and for people.
struct DateContext: Sendable {
  let machine: String
  let words: String

  /// The day in the site's language where the long form is known, else as digits.
  init(_ date: CalendarDate, language: String) {
    machine = date.description
    words = language.lowercased().split(separator: "-").first == "en" ? date.longForm : date.description
  }
}

/// A picture with its address.
struct PictureContext: Sendable {
  let url: String
  let width: Int
  let height: Int
  let alt: String

  init(_ view: PictureView, url: String) {
    (self.url, width, height, alt) = (url, view.width, view.height, view.alt)
  }
}

/// An experiment or a model in a list.
struct CardContext: Sendable {
  let title: String
  let url: String
  let summary: String?
  let date: DateContext?
  /// The photo of the first figure.
  let photo: PictureContext?
  /// A map that lies over the photo.
  let map: PictureContext?
}

/// A layer of a network.
struct LayerContext: Sendable {
  let name: String
  let operatorType: String
  let shape: String
  let isDefault: Bool

  init(_ view: LayerView) {
    (name, operatorType, isDefault) = (view.name, view.operatorType, view.isDefault)
    shape = view.shape.map(String.init).joined(separator: "\u{2009}×\u{2009}")
  }
}

/// A tag and what carries it.
struct TagContext: Sendable {
  let name: String
  let id: String
  let pages: [LinkContext]
}
