public import Files

/// Everything that the content folder says, checked.
public struct SiteContent: Sendable {
  /// What `site.yml` says.
  public var configuration: SiteConfiguration
  /// The home page.
  public var home: Page
  /// The home pages in other languages.
  public var translatedHomes: [Page] = []
  /// The experiments, latest first, then by slug; those without a date come last.
  public var experiments: [Page]
  /// The other pages, by slug.
  public var pages: [Page]
  /// The models, by name.
  public var models: [Model]
  /// Files that are copied to the output as they are; their paths are those in the output.
  public var staticFiles: [ContentFile]
  /// The files of the content folder that pages show or link to, by their paths in the output.
  var linkedFiles: [ExactPath: ContentFile] = [:]
  /// The links to places in figures and evaluations that are there.
  var blockLinks: [FragmentLink] = []
  /// The menu by language: that of `site.yml`, or else the lists and all pages.
  var menus: [String: [MenuEntry]] = [:]
  /// The words of the interface, in the languages of the pages.
  public internal(set) var strings = SiteStrings(["en"])
  /// What stands at the foot of each page by its language, where `site.yml` says it.
  var footers: [String: SiteFooter] = [:]
  /// The content folder.
  let folder: ContentFolder

  /// A network: how to run it, and its page.
  public struct Model: Sendable {
    /// How to run it.
    public var card: ModelCard
    /// Its story.
    public var page: Page
  }

  /// An entry of a menu.
  struct MenuEntry: Sendable {
    let title: MenuTitle
    let address: SiteAddress
    /// The language of its title and of its page, where that is not the menu's.
    var language: String?
  }

  /// What readers see of an entry of the menu.
  enum MenuTitle: Sendable {
    /// A writer’s own words.
    case words(String)
    /// Words of the interface.
    case text(StringKey)

    func words(in strings: Strings) -> String {
      switch self {
      case .words(let words): words
      case .text(let key): strings(key)
      }
    }
  }

  /// Every page: home, experiments, pages, models.
  public var allPages: [Page] { [home] + translatedHomes + experiments + pages + models.map(\.page) }

  /// The languages of the pages, the site's own first.
  var languages: [String] {
    [configuration.language] + Set(allPages.map(\.language)).sorted().filter { $0 != configuration.language }
  }

  /// The pages that the menu lists where `site.yml` says nothing of it. Nobody reads a menu of hundreds.
  func menuPages(in language: String) -> ArraySlice<Page> { pages.filter { $0.language == language }.prefix(20) }

  /// The words of the interface on each page, by its path in the content folder.
  public var stringsByPage: [ExactPath: Strings] {
    Dictionary(allPages.map { (ExactPath($0.sourcePath), strings[$0.language]) }) { first, _ in first }
  }

  /// Every explain block of the site, in the order of `allPages`.
  public var figures: [FigureRequest] { allPages.flatMap(\.figures) }

  /// Every block about an evaluation, likewise.
  public var evaluations: [EvaluationRequest] { allPages.flatMap(\.evaluations) }

  /// What they ask of each picture under each network.
  public var requests: [ExplainRequest] { figures.flatMap(\.parts) }

  /// Takes the explain blocks for which `isLeftOut` is true out of their pages.
  public mutating func leaveOutFigures(_ isLeftOut: (FigureRequest) -> Bool) {
    changePages { $0.figures.removeAll(where: isLeftOut) }
  }

  /// Changes each page in turn, in the order of `allPages`.
  mutating func changePages(_ change: (inout Page) -> Void) {
    change(&home)
    for index in translatedHomes.indices { change(&translatedHomes[index]) }
    for index in experiments.indices { change(&experiments[index]) }
    for index in pages.indices { change(&pages[index]) }
    for index in models.indices { change(&models[index].page) }
  }

  /// The card called `name`.
  public func modelCard(named name: String) -> ModelCard? { models.first { $0.card.name == name }?.card }
}
