import Testing
import Vocabulary

@testable import Site

@Suite("Views tell their fields by name")
struct TemplateFieldTests {
  private static let link = LinkContext(title: "a", url: "b", isCurrent: true)
  private static let picture = PictureContext(PictureView(path: "p", width: 1, height: 2, alt: "c"), url: "d")
  private static let card = CardContext(
    title: "a", url: "b", summary: "c", date: day, photo: picture, map: picture)
  private static let day = CalendarDate("2026-11-22").map { DateContext($0, language: "en") }
  private static let row = RowView(
    label: "a", index: 1, synset: "n", logit: 1, probability: 0.5, rank: 1, layer: "l", layerReason: "r",
    panels: [PanelView(method: .cam, picture: view, colormap: .turbo, note: "n")], notes: ["n"])
  private static let view = PictureView(path: "p", width: 1, height: 2, alt: "c")
  private static let linker = PageLinker(path: "a.html")
  private static let figure = FigureContext(
    FigureView(photo: view, modelTitle: "m", modelName: "n", rows: [row], caption: "c", notes: ["n"]), number: 1,
    modelPages: ["n": "models/n.html"], linker: linker)
  private static let site = SiteContext(
    title: "a", description: "b", language: "c", author: "d", home: "e", style: "f", feed: "g", icon: "h",
    navigation: [link])
  private static let details = PageDetails(
    title: "a", windowTitle: "b", summary: "c", description: "d", canonical: "e", picture: picture,
    date: day, tags: [link], isArticle: true, newer: link, older: link)

  @Test("every field is found, and nothing else")
  func fields() throws {
    let page = PageContext(site: Self.site, page: Self.details, body: "b")
    let views: [any TemplateObject] = [
      page, Self.site, Self.details, Self.link, Self.picture, Self.card, try #require(Self.card.date), Self.figure,
      Self.figure.rows[0], Self.figure.rows[0].panels[0], TagContext(name: "a", id: "b", pages: []),
      FactView(name: "a", value: "b"), LayerContext(LayerView(name: "a", operatorType: "b", shape: [1, 2, 3])),
    ]
    for view in views {
      for field in Mirror(reflecting: view).children {
        let name = try #require(field.label)
        let found = try #require(view.value(of: name), "\(type(of: view)).\(name)")
        #expect(Self.text(found) == Self.text(of: field.value), "\(type(of: view)).\(name)")
      }
      #expect(view.value(of: "no such field") == nil)
      #expect(Set(type(of: view).fieldNames) == Set(Mirror(reflecting: view).children.compactMap(\.label)))
    }
  }

  /// What a template would be given, as text.
  private static func text(_ value: TemplateValue?) -> String {
    switch value {
    case nil: "nothing"
    case .text(let text)?: text
    case .number(let number)?: String(number)
    case .truth(let truth)?: String(truth)
    case .object(let object)?: "\(object)"
    case .list(let list)?: "\((0..<list.count).map { text(list.element($0)) })"
    case .position?: "a place"
    }
  }

  /// The same of a field as reflection has it.
  private static func text(of field: Any) -> String {
    let mirror = Mirror(reflecting: field)
    switch mirror.displayStyle {
    case .optional: return mirror.children.first.map { text(of: $0.value) } ?? "nothing"
    case .collection: return "\(mirror.children.map { text(of: $0.value) })"
    default: return "\(field)"
    }
  }
}
