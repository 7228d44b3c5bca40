/// What the template of a whole page sees.
protocol WholePageView: TemplateView {
  /// The page.
  var page: PageDetails { get }
}

/// What the template of a page sees.
struct PageContext: WholePageView {
  /// The site.
  let site: SiteContext
  /// The page.
  let page: PageDetails
  /// The page's text and figures as HTML.
  var body = ""
  /// Cards of the experiments (home, model pages, lists of experiments).
  var experiments: [CardContext] = []
  /// Cards of the models (list of models).
  var models: [CardContext] = []
  /// The tags (index of tags), or those that most experiments carry (list of experiments).
  var tags: [TagContext] = []
  /// The index of tags (list of experiments), if there are tags.
  var allTags: SiteAddress?
  /// The list of all experiments (home page), where the page shows but the latest.
  var allExperiments: SiteAddress?
  /// The way to the other pages of the list; `nil` where there is none.
  var pager: PagerContext?
  /// The page above it (lists of a tag or of a model).
  var parent: LinkContext?
  /// The table of a model page.
  var facts: [FactView] = []
  /// The layers of a model page's network.
  var layers: [LayerView] = []
  /// Whether these are few enough to stand open.
  var hasFewLayers = false
  /// What the page for searching has.
  var search: SearchContext?
  /// What texts say that the script fills in.
  var blanks = ScriptBlanks()
}

/// Stands in texts for what only the script knows, which looks for it there.
struct ScriptBlanks: TemplateView {
  /// A share of a scale.
  var share = "{1}"
  /// A value on a scale.
  var value = "{1}"
  /// Where that scale ends.
  var end = "{2}"
  /// How many pages a search has found.
  var count = "{1}"
  /// What was searched for.
  var query = "{1}"
}

/// What every page knows of the site.
struct SiteContext: TemplateView {
  /// Its name.
  let title: String
  /// One sentence about it.
  let description: String?
  /// The language of its pages that do not say another, as a tag such as `en`.
  let language: String
  /// Who answers for it.
  let author: String?
  /// The address of the home page.
  let home: SiteAddress
  /// The address of the style sheet.
  let style: SiteAddress
  /// The address of the script.
  let script: SiteAddress
  /// The address of the feed, if there is one.
  let feed: SiteAddress?
  /// The address of the site's icon, if content/static has one.
  let icon: SiteAddress?
  /// The menu.
  let navigation: [LinkContext]
  /// The languages that readers can change to, with that of the page; none where the site has one alone.
  var languages: [LanguageContext] = []
  /// The page for searching; `nil` where no site is around the page.
  var search: LinkContext?
  /// What stands at the foot of each page, as HTML, where `site.yml` says it.
  let footer: String?
}

/// A link with its words.
struct LinkContext: TemplateView {
  /// The words.
  let title: String
  /// Where it leads.
  let url: SiteAddress
  /// Whether it leads to the page it stands on.
  var isCurrent = false
  /// The language of the words and of what they lead to, where that is not the page’s.
  var language: String?
}

/// A language that readers can change to.
struct LanguageContext: TemplateView {
  /// What it is called in itself.
  let name: String
  /// Its tag, such as `en`.
  let language: String
  /// The same page in it, or else where it begins; `nil` for the language of the page.
  let url: SiteAddress?
}

/// A page in one of its languages, for search engines.
struct AlternateContext: TemplateView {
  /// The language’s tag, such as `en`, or `x-default` for readers of all others.
  let language: String
  /// The address, absolute where the site knows its own.
  let url: SiteAddress
}

/// What a page's template knows of the page.
struct PageDetails: TemplateView {
  /// The language that it is written in, as a tag such as `en`.
  let language: String
  /// The language with a region, such as `en_US`, as Open Graph has it; `nil` where none is known.
  var locale: String?
  /// The page in each of its languages; none where it is in one alone.
  var alternates: [AlternateContext] = []
  /// Its title.
  let title: String
  /// What the browser's tab shows.
  let windowTitle: String
  /// One sentence about it.
  let summary: String?
  /// One sentence for search engines: the summary, else the site's description.
  let description: String?
  /// The page's absolute address.
  let canonical: String?
  /// The page's address on this site; `nil` for one that no file of the content stands for.
  var url: SiteAddress?
  /// The absolute address of a picture that stands for the page.
  let picture: Figure.Picture?
  /// What sort of file that is, such as `image/jpeg`, where it was made for this.
  var pictureType: String?
  /// The day of publication.
  let date: DateContext?
  /// The tags of an experiment, each leading to those that carry it too.
  let tags: [LinkContext]
  /// The headings of a page that shows them at its top.
  var contents: [ContentsEntry] = []
  /// Whether it is an article in the sense of Open Graph.
  let isArticle: Bool
  /// The experiment before it in the list.
  var newer: LinkContext?
  /// The experiment behind it in the list.
  var older: LinkContext?
}

/// A heading in a table of contents.
struct ContentsEntry: TemplateView {
  /// Its words.
  let title: String
  /// Where it stands.
  let url: SiteAddress
  /// The headings below it, of any level.
  var parts: [LinkContext] = []
}

/// A day for machines and for people.
struct DateContext: TemplateView {
  /// `2026-11-22`, as machines read it.
  let machine: String
  /// As people read it: `22 November 2026` on an English site.
  let words: String
  /// `2026/11/22`, as catalogues of papers read it.
  let slashed: String

  /// - Parameter strings: the words of the interface, in the page’s language.
  init(_ date: CalendarDate, _ strings: Strings) {
    machine = date.description
    slashed = date.description.replacing("-", with: "/")
    words = date.longForm(in: strings.locale)
  }
}

/// An experiment or a model in a list.
struct CardContext: TemplateView {
  /// The title of its page.
  let title: String
  /// The address of its page.
  let url: SiteAddress
  /// One sentence about it.
  let summary: String?
  /// The day of publication.
  let date: DateContext?
  /// The photo of the first figure.
  let photo: Figure.Picture?
  /// A map, to be laid over the photo.
  let map: Figure.Picture?
}

/// A tag.
struct TagContext: TemplateView {
  /// The tag.
  let name: String
  /// The page of those that carry it.
  let url: SiteAddress
  /// How many carry it.
  let count: Int
}
