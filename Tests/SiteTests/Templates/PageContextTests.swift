import Testing
import Vocabulary

@testable import Site

@Suite("What the templates of a site see")
struct PageContextTests {
  private static let picture = Figure.Picture(path: "p q.png", width: 1, height: 2, alt: "c")
  private static let row = Figure.Row(
    number: 1, ofFigure: 2, label: "a", photo: picture, panels: [])

  /// A view of each type; those with values that may be absent have none.
  private static let views: [any TemplateView] = [
    PageContext(site: site, page: details, body: ""), site, details, LinkContext(title: "", url: .web("")), picture,
    CardContext(title: "", url: .web(""), summary: nil, date: nil, photo: nil, map: nil),
    Figure(number: 1, rows: [], models: []), row, Figure.Fact("a", "b"), Figure.ModelName(title: "m", name: nil),
    Figure.Panel(id: "p", title: "t", method: .cam, picture: picture), Figure.Legend(.turbo, 0...1, in: .english),
    Figure.TakeAway(
      files: [], manifest: "m", command: "c", check: nil, of: FigureRequest.ID(page: "p.md", number: 1)),
    Figure.TakeAway.Download(title: "t", picture: picture, overlay: nil, array: nil),
    Figure.Box(x: 1, y: 2, width: 3, height: 4, isDrawn: true),
    TagContext(name: "", url: .web(""), count: 0), FactView(name: "", value: ""),
    LayerView(name: "", operatorType: "", shape: []),
    PagerContext(previous: nil, next: nil, pages: []), PagerContext.Entry(number: 1, url: nil),
    Figure.Picture.Copy(path: "p", width: 1, height: 1),
  ]
  private static let site = SiteContext(
    title: "", description: nil, language: "", author: nil, home: .web(""), style: .web(""), script: .web(""),
    feed: nil, icon: nil, navigation: [], footer: nil)
  private static let details = PageDetails(
    language: "", title: "", windowTitle: "", summary: nil, description: nil, canonical: nil, picture: nil, date: nil,
    tags: [],
    isArticle: false)

  @Test("every property of every view is a field, whatever its value")
  func fields() throws {
    let day = DateContext(try #require(CalendarDate("2026-11-22")), .english)
    for view in Self.views + [day] {
      let names = Mirror(reflecting: view).children.compactMap(\.label)
      #expect(type(of: view).templateFields.keys.sorted() == names.sorted(), "\(type(of: view))")
      guard case .object(let object)? = TemplateEncoder.value(of: view) else {
        Issue.record("\(type(of: view)) is no object")
        continue
      }
      #expect(object.fields.map(\.name) == names, "\(type(of: view))")
      #expect(object.value(of: "no such field") == nil)
    }
  }

  @Test(
    "addresses are as the page writes them that is being filled",
    arguments: [
      ("index.html", "p%20q.png"), ("a/b.html", "../p%20q.png"),
    ])
  func addresses(page: String, address: String) throws {
    let key = try #require(SiteAddress.linkerKey)
    let value = TemplateEncoder.value(of: Self.picture, userInfo: [key: PageLinker(path: page)])
    guard case .object(let object)? = value, case .text(let text)?? = object.value(of: "url") else {
      Issue.record("there is no address")
      return
    }
    #expect(text == address)
  }

  @Test("the photo is told in the first row alone")
  func photo() {
    let second = Figure.Row(number: 2, ofFigure: 2, label: "a", photo: Self.picture, panels: [])
    #expect([Self.row, second].map(\.photo?.alt) == ["c", ""])
    #expect([Self.row, second].map(\.id) == ["figure-2-1", "figure-2-2"])
  }

  @Test(
    "numbers are written for readers",
    arguments: [
      (Strings.english.numbers.signed(12.345678), "12.35"), (Strings.english.numbers.signed(-0.5), "\u{2212}0.50"),
      (Strings.english.numbers.signed(-0.001), "0.00"), (Strings.english.numbers.percentage(0.98), "98.0\u{2009}%"),
      (Strings.english.numbers.percentage(0.0004), "<\u{2009}0.1\u{2009}%"),
      (Strings.english.numbers.percentage(0), "0.0\u{2009}%"),
      (Strings.english.numbers.short(0.0421234), "0.0421"), (Strings.english.numbers.short(-3.12345), "\u{2212}3.12"),
      (Strings.english.numbers.short(0), "0"),
      (Strings.english.numbers.short(1.24e-5), "1.24\u{2009}×\u{2009}10⁻⁵"),
      (Strings.english.numbers.short(65432), "6.54\u{2009}×\u{2009}10⁴"),
      (NumberText.sides([3, 4, 5]), "3\u{2009}×\u{2009}4\u{2009}×\u{2009}5"),
      (NumberText.list([1, 0.5, -255]), "1, 0.5, -255"),
    ])
  func numbers(text: String, expected: String) {
    #expect(text == expected)
  }
}
