import Testing

@testable import Site

@Suite("A collection as its pages show it")
struct CollectionViewTests {
  private typealias Verdict = CollectedPicture.Verdict

  private static func picture(
    _ name: String, _ verdicts: [(said: String, probability: Double, truth: [String], true: Double?)],
    tags: [String] = []
  ) -> CollectedPicture {
    func file(_ name: String) -> Figure.Picture { Figure.Picture(path: "\(name).jpg", width: 4, height: 3, alt: name) }
    return CollectedPicture(
      name: name, title: name, tags: tags,
      verdicts: verdicts.map {
        CollectedPicture.Verdict(
          said: $0.said, probability: $0.probability, truth: $0.truth, trueProbability: $0.true,
          maps: Dictionary(uniqueKeysWithValues: Set([$0.said] + $0.truth).map { ($0, file("\(name)-\($0)")) }))
      }, photo: file(name), figure: Figure(number: 1, rows: [], models: []))
  }

  private static func collection(
    _ pictures: [CollectedPicture], _ order: PictureOrder = .probability, models: Int = 1
  ) -> Collection {
    Collection(
      request: FigureRequest.ID(page: "experiments/a.md", number: 1), caption: nil, order: order,
      models: (0..<models).map { Figure.ModelName(title: "Net \($0 + 1)", name: nil) }, pictures: pictures)
  }

  /// Right; wrong; one of two things; nobody says.
  private static let pictures = [
    picture("a", [("cat", 0.6, ["cat"], 0.6)], tags: ["night"]),
    picture("b", [("cat", 0.9, ["dog"], 0.05)], tags: ["night", "C++"]),
    picture("c", [("dog", 0.7, ["cat", "dog"], 0.7)], tags: ["C"]),
    picture("d", [("cow", 0.8, [], nil)]),
  ]

  @Test(
    "pictures are sorted by what the network says, by how little it gives to what is true, or by name",
    arguments: [(PictureOrder.probability, "bdca"), (.error, "bacd"), (.name, "abcd")])
  func order(order: PictureOrder, names: String) {
    let collection = Self.collection(Self.pictures, order)
    #expect(collection.inOrder.map { collection.pictures[$0].name }.joined() == names)
  }

  @Test("a picture is right where what is said of it is one of the things that it shows")
  func states() {
    let view = CollectionView(Self.collection(Self.pictures, .name), .english)
    #expect(view.items.map(\.state) == ["right", "wrong", "right", "unknown"])
    #expect(view.items.map { $0.verdicts[0].truth } == [nil, "dog", nil, nil])
    #expect(view.scores.map(\.right) == [2] && view.scores.map(\.known) == [3])
    #expect(view.items.map(\.classes) == ["cat", "dog cat", "cat dog", "cow"])
    #expect(view.items.map(\.error) == ["0.4000", "0.9500", "0.3000", "-1.0000"])
  }

  @Test("what was taken for what is counted: the first true class against what was said, and one of several is right")
  func confusion() throws {
    let view = try #require(CollectionView(Self.collection(Self.pictures), .english).confusions.first)
    #expect(view.rows.map(\.title) == ["cat", "dog"])
    #expect(view.columns.map(\.title) == ["cat", "dog"])
    #expect(view.rows.map { $0.cells.map(\.count) } == [[1, nil], [1, 1]])
    #expect(view.rows.map(\.count) == [1, 2])
    let page = "figures/experiments/a-1/classes/dog.html"
    #expect(view.rows[1].cells[0].url == .file(page, suffix: "#said-cat"))
    #expect(view.rows[1].cells[1].url == .file(page, suffix: "#right"))
    #expect(!view.isCut)
  }

  @Test("each cell of the table leads to a section that has just so many pictures")
  func cells() throws {
    let collection = Self.collection(Self.pictures)
    let index = CollectionIndex(collection, .english)
    for row in try #require(CollectionView(collection, .english).confusions.first).rows {
      let group = PictureGroup(ofClass: row.title, index, parent: LinkContext(title: "", url: .web("")))
      for cell in row.cells {
        guard case .file(_, let suffix) = cell.url else { continue }
        let section = group.sections.first { $0.id.map { "#" + $0 } == suffix }
        #expect(section?.items.count == cell.count)
      }
    }
  }

  @Test("where thousands of classes are confused, the table has those that are confused the most, and says so")
  func manyClasses() throws {
    let pictures = (0..<100).map { number in
      Self.picture("p\(number)", [("class \(number < 3 ? 99 : number)", 0.5, ["class \(number)"], 0.5)])
    }
    let view = try #require(CollectionView(Self.collection(pictures), .english).confusions.first)
    #expect(view.rows.count == 40 && view.columns.count == 40)
    #expect(view.isCut && view.classCount == 100)
    for label in ["class 0", "class 1", "class 2", "class 99"] { #expect(view.rows.contains { $0.title == label }) }
  }

  @Test(
    "the page of a class has what is right, what is taken for another, and what is mistaken for it, the surest first")
  func classes() throws {
    let pictures =
      Self.pictures + [
        Self.picture("e", [("cat", 0.95, ["cat"], 0.95)]), Self.picture("f", [("dog", 0.5, ["cat"], 0.2)]),
      ]
    let index = CollectionIndex(Self.collection(pictures), .english)
    let group = PictureGroup(ofClass: "cat", index, parent: LinkContext(title: "A", url: .web("a")))
    #expect(group.sections.map(\.id) == ["right", "beside", "said-dog", "is-dog"])
    #expect(group.sections.map { $0.items.map(\.title) } == [["e", "a"], ["c"], ["f"], ["b"]])
    // The map is that of the page's class, whatever was said.
    #expect(group.sections.map { $0.items[0].map?.fileName } == ["e-cat.jpg", "c-cat.jpg", "f-cat.jpg", "b-cat.jpg"])
    #expect(group.count == 5)
  }

  @Test("tags have pages of their own, also those that consist of the same letters")
  func tags() {
    let view = CollectionView(Self.collection(Self.pictures), .english)
    #expect(view.tags.map(\.title) == ["C", "C++", "night"])
    #expect(view.tags.map(\.count) == [1, 1, 2])
    #expect(Set(view.tags.map(\.slug)).count == 3)
    #expect(view.tags[2].url == .file("figures/experiments/a-1/tags/night.html"))
  }

  @Test("two networks have a table each, and where they do not agree a picture is disputed")
  func networks() throws {
    let pictures = [
      Self.picture("a", [("cat", 0.9, ["cat"], 0.9), ("dog", 0.8, ["cat"], 0.1)]),
      Self.picture("b", [("dog", 0.9, ["dog"], 0.9), ("dog", 0.8, ["dog"], 0.8)]),
    ]
    let collection = Self.collection(pictures, models: 2)
    let view = CollectionView(collection, .english)
    #expect(view.items.map(\.isDisputed) == [true, false])
    #expect(view.confusions.map(\.model) == ["Net 1", "Net 2"])
    #expect(view.confusions[1].rows.map { $0.cells.map(\.count) } == [[nil, 1], [nil, 1]])
    let group = PictureGroup(
      ofClass: "cat", CollectionIndex(collection, .english), parent: LinkContext(title: "A", url: .web("a")))
    #expect(group.sections.map(\.id) == ["right", "said-dog--2"])
    #expect(group.sections.map(\.model) == ["Net 1", "Net 2"])
  }

  @Test("without truth there are neither scores nor tables, and classes are those that were said")
  func unknown() {
    let view = CollectionView(Self.collection([Self.picture("d", [("cow", 0.8, [], nil)])]), .english)
    #expect(view.scores.isEmpty && view.confusions.isEmpty && !view.hasTruth)
    #expect(view.classes.map(\.title) == ["cow"])
  }
}
