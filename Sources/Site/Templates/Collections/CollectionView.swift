/// A collection as its page shows it: a grid of pictures, and the ways to their classes and tags.
struct CollectionView: TemplateView {
  /// The id of the grid on its page.
  let id: String
  /// Its number among the page's figures, from 1.
  let number: Int
  /// What is written under it.
  let caption: String?
  /// The networks.
  let models: [Figure.ModelName]
  /// Whether there are several of them.
  let isOfSeveral: Bool
  /// How many pictures there are.
  let count: Int
  /// How many of them each network is right about, where somebody says what is.
  let scores: [ScoreView]
  /// The pictures, in the order asked for.
  let items: [CollectedItem]
  /// What was taken for what: a table for each network, where somebody says what is.
  let confusions: [ConfusionView]
  /// The classes that pictures show or are taken for.
  let classes: [CountedLink]
  /// The tags of pictures.
  let tags: [CountedLink]
  /// Whether somebody says what pictures show.
  let hasTruth: Bool
  /// The order: `probability`, `error` or `name`.
  let order: String
  /// Warnings about all of it, in full sentences.
  let notes: [String]
  /// The script that sorts and filters.
  let script: SiteAddress

  init(_ collection: Collection, _ strings: Strings) {
    let index = CollectionIndex(collection, strings)
    id = PageIDs.figure(collection.request.number)
    number = collection.request.number
    caption = collection.caption
    models = collection.models
    isOfSeveral = collection.models.count > 1
    count = collection.pictures.count
    hasTruth = collection.hasTruth
    order = collection.order.rawValue
    items = collection.inOrder.map { index.item($0, isPlace: true) }
    scores =
      hasTruth
      ? collection.models.indices.map { ScoreView(collection.pictures, model: $0, index) } : []
    confusions = collection.models.indices.compactMap { ConfusionView(index, model: $0) }
    classes = index.classes.map { label in
      CountedLink(
        title: label, url: .file(index.places.page(ofClass: label)), slug: index.places.slug(ofClass: label),
        count: index.pictures(ofClass: label).count)
    }
    tags = index.tags.map { tag in
      CountedLink(
        title: tag, url: .file(index.places.page(ofTag: tag)), slug: index.places.slug(ofTag: tag),
        count: collection.pictures.count { $0.tags.contains(tag) })
    }
    notes = collection.notes
    script = .file("collection.js")
  }

  /// The ids of the pictures in the grid, and its own.
  static func ids(_ collection: Collection) -> [String] {
    [PageIDs.figure(collection.request.number)]
      + collection.pictures.indices.map { PageIDs.row($0 + 1, ofFigure: collection.request.number) }
  }
}

/// A link, and how many pictures it leads to.
struct CountedLink: TemplateView {
  /// The words.
  let title: String
  /// Where it leads.
  let url: SiteAddress
  /// What stands for it in what the script reads.
  let slug: String
  /// How many pictures there are.
  let count: Int
}

/// How often a network is right.
struct ScoreView: TemplateView {
  /// The network.
  let model: String
  /// Of how many pictures somebody says what they show.
  let known: Int
  /// How many of these it takes for what they are.
  let right: Int
  /// The same as a percentage.
  let share: String

  init(_ pictures: [CollectedPicture], model: Int, _ index: CollectionIndex) {
    let judged = pictures.compactMap { $0.verdicts[model].isRight }
    self.model = index.collection.models[model].title
    known = judged.count
    right = judged.count { $0 }
    share = judged.isEmpty ? "–" : index.strings.numbers.percentage(Double(right) / Double(known))
  }
}

/// A picture in a grid.
struct CollectedItem: TemplateView {
  /// What one network says.
  struct Said: TemplateView {
    /// The network; `nil` where there is but one.
    let model: String?
    /// The class.
    let said: String
    /// How sure it is, as a percentage.
    let probability: String?
    /// What it is instead; `nil` where it is right, or nobody says.
    let truth: String?
    /// Whether it is right; false too where nobody says.
    let isRight: Bool
  }

  /// Its id on the page, where it has one.
  let id: String?
  /// What readers call it.
  let title: String
  /// Its page.
  let url: SiteAddress
  /// The photo.
  let photo: Figure.Picture
  /// A map, to be laid over it.
  let map: Figure.Picture?
  /// What each network says.
  let verdicts: [Said]
  /// Whether the networks do not say the same.
  let isDisputed: Bool
  /// The first network's probability for what it says, and so `error`: 0…1 with four digits.
  let share: String
  /// How little the first network gives to what is true.
  let error: String
  /// `right`, `wrong` or `unknown`: of the first network.
  let state: String
  /// The slugs of the classes that it shows or is taken for, with blanks between.
  let classes: String
  /// Those of its tags, likewise.
  let tags: String
}

extension Collection {
  /// The pictures' places in the block, in the order asked for.
  var inOrder: [Int] {
    func key(_ position: Int) -> Double {
      let verdict = pictures[position].verdicts.first
      return switch order {
      case .probability: verdict?.probability ?? 0
      case .error: verdict?.error ?? -1
      case .name: 0
      }
    }
    let keys = pictures.indices.map(key)
    guard order != .name else {
      return pictures.indices.sorted { (pictures[$0].name, $0) < (pictures[$1].name, $1) }
    }
    return pictures.indices.sorted { (-keys[$0], $0) < (-keys[$1], $1) }
  }
}
