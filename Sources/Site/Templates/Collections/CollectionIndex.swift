/// The pictures of a collection by class and by tag.
struct CollectionIndex {
  let collection: Collection
  /// The words of the interface, in the language of the page.
  let strings: Strings
  let places: CollectionPlaces
  /// The classes that pictures show or are taken for, by name.
  let classes: [String]
  /// The tags, by name.
  let tags: [String]
  /// Pixels that a picture takes across a grid at most, on a screen that is not fine.
  private static let width = 240
  private let byClass: [String: [Int]]

  init(_ collection: Collection, _ strings: Strings) {
    self.collection = collection
    self.strings = strings
    var byClass: [String: [Int]] = [:]
    for (position, picture) in collection.pictures.enumerated() {
      let labels = picture.verdicts.flatMap { $0.truth + [$0.said] }
      for label in Set(labels) { byClass[label, default: []].append(position) }
    }
    self.byClass = byClass
    classes = Self.sorted(Array(byClass.keys))
    tags = Self.sorted(collection.pictures.flatMap(\.tags).uniqued())
    places = CollectionPlaces(collection.request, classes: classes, tags: tags)
  }

  private static func sorted(_ names: [String]) -> [String] {
    names.sorted { ($0.lowercased(), $0) < ($1.lowercased(), $1) }
  }

  /// The places of the pictures that show a class or are taken for it, in the order of the block.
  func pictures(ofClass label: String) -> [Int] { byClass[label] ?? [] }

  /// A picture as a grid shows it.
  ///
  /// - Parameters:
  ///   - label: the class whose map is laid over the photo; `nil` for the one that each is taken for.
  ///   - model: the network whose map it is, from 0.
  ///   - isPlace: whether links may lead to it.
  func item(_ position: Int, label: String? = nil, model: Int = 0, isPlace: Bool = false) -> CollectedItem {
    let picture = collection.pictures[position]
    let verdict = picture.verdicts[model]
    let first = picture.verdicts[0]
    return CollectedItem(
      id: isPlace ? PageIDs.row(position + 1, ofFigure: collection.request.number) : nil, title: picture.title,
      url: .file(places.picture(picture.name)), photo: picture.photo.untold.fitting(Self.width),
      map: verdict.maps[label ?? verdict.said]?.untold.fitting(Self.width),
      verdicts: zip(collection.models, picture.verdicts).map { model, verdict in
        CollectedItem.Said(
          model: collection.models.count > 1 ? model.title : nil, said: verdict.said,
          probability: verdict.probability.map(strings.numbers.percentage),
          truth: verdict.isRight == false ? verdict.truth.joined(separator: ", ") : nil,
          isRight: verdict.isRight == true)
      }, isDisputed: !picture.isAgreed, share: NumberText.plain(first.probability ?? 0),
      error: NumberText.plain(first.error ?? -1),
      state: first.isRight.map { $0 ? "right" : "wrong" } ?? "unknown",
      classes: (first.truth + [first.said]).uniqued().map(places.slug(ofClass:)).joined(separator: " "),
      tags: picture.tags.map(places.slug(ofTag:)).joined(separator: " "))
  }
}
