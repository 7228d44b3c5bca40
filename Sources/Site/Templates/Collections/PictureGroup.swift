/// The page of a class or a tag of a collection: the pictures that belong to it, in sections.
struct PictureGroup: TemplateView {
  /// What the pictures of a section have in common.
  enum Sort: Hashable {
    /// They show the class and are taken for it.
    case right
    /// They show it and are taken for another.
    case taken(for: String)
    /// They are taken for it and show another.
    case mistaken(truth: String)
    /// They are taken for it, and nobody says what they show.
    case unknown
    /// They show it among other things, for one of which they are taken.
    case beside
  }

  /// Pictures that have something in common.
  struct Section: TemplateView {
    /// Its id on the page; `nil` where it is the only one.
    let id: String?
    /// The network; `nil` where there is but one.
    let model: String?
    /// Whether its pictures show the class and are taken for it.
    let isRight: Bool
    /// What they are taken for instead.
    let said: String?
    /// What they show instead.
    let truth: String?
    /// Whether nobody says what they show.
    let isUnknown: Bool
    /// Whether they are taken for something else that they show, too.
    let isBeside: Bool
    /// The pictures.
    let items: [CollectedItem]
  }

  /// The class or the tag.
  let title: String
  /// Whether it is a class.
  let isClass: Bool
  /// The page of the collection, and its title.
  let parent: LinkContext
  /// How many pictures there are.
  let count: Int
  /// How many of the class each network finds, or how many with the tag it is right about.
  let scores: [ScoreView]
  /// The pictures.
  let sections: [Section]

  /// The page of a class.
  init(ofClass label: String, _ index: CollectionIndex, parent: LinkContext) {
    let positions = index.pictures(ofClass: label)
    title = label
    isClass = true
    self.parent = parent
    count = positions.count
    let pictures = positions.map { index.collection.pictures[$0] }
    scores = index.collection.models.indices.compactMap { model in
      let own = pictures.filter { $0.verdicts[model].countedTruth == label }
      return own.isEmpty ? nil : ScoreView(own, model: model, index)
    }
    sections = index.collection.models.indices.flatMap { model in
      Self.sections(of: label, positions, index, model: model)
    }
  }

  /// The page of a tag.
  init(ofTag tag: String, _ index: CollectionIndex, parent: LinkContext) {
    let positions = index.collection.inOrder.filter { index.collection.pictures[$0].tags.contains(tag) }
    title = tag
    isClass = false
    self.parent = parent
    count = positions.count
    let pictures = positions.map { index.collection.pictures[$0] }
    scores =
      index.collection.hasTruth
      ? index.collection.models.indices.map { ScoreView(pictures, model: $0, index) } : []
    sections = [
      Section(
        id: nil, model: nil, isRight: false, said: nil, truth: nil, isUnknown: false, isBeside: false,
        items: positions.map { index.item($0) })
    ]
  }

  /// The id of a section on the page of a class.
  static func id(of sort: Sort, model: Int, _ places: CollectionPlaces) -> String {
    let name =
      switch sort {
      case .right: "right"
      case .taken(let said): "said-" + places.slug(ofClass: said)
      case .mistaken(let truth): "is-" + places.slug(ofClass: truth)
      case .unknown: "unknown"
      case .beside: "beside"
      }
    return model == 0 ? name : "\(name)--\(model + 1)"
  }

  private static func sections(
    of label: String, _ positions: [Int], _ index: CollectionIndex, model: Int
  ) -> [Section] {
    let sorted = Dictionary(grouping: positions) { position -> Sort? in
      let verdict = index.collection.pictures[position].verdicts[model]
      switch verdict.countedTruth {
      case nil: return verdict.said == label ? .unknown : nil
      case label?: return verdict.said == label ? .right : .taken(for: verdict.said)
      case let truth?:
        return verdict.said == label ? .mistaken(truth: truth) : verdict.truth.contains(label) ? .beside : nil
      }
    }
    let order: [Sort] =
      [.right, .unknown, .beside] + index.classes.map { .taken(for: $0) } + index.classes.map { .mistaken(truth: $0) }
    return order.compactMap { sort in
      guard let positions = sorted[sort] else { return nil }
      // The surest first.
      let surest = positions.sorted { a, b in
        let (x, y) = (index.collection.pictures[a].verdicts[model], index.collection.pictures[b].verdicts[model])
        return (-(x.probability ?? 0), a) < (-(y.probability ?? 0), b)
      }
      var section = (said: String?.none, truth: String?.none)
      if case .taken(let said) = sort { section.said = said }
      if case .mistaken(let truth) = sort { section.truth = truth }
      return Section(
        id: id(of: sort, model: model, index.places),
        model: index.collection.models.count > 1 ? index.collection.models[model].title : nil,
        isRight: sort == .right, said: section.said, truth: section.truth, isUnknown: sort == .unknown,
        isBeside: sort == .beside,
        items: surest.map { index.item($0, label: label, model: model) })
    }
  }
}
