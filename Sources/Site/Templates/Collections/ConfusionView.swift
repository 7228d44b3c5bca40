/// What was taken for what: a line for each class that pictures show, a column for each that they are taken for.
struct ConfusionView: TemplateView {
  /// A class and its page.
  struct Class: TemplateView {
    /// Its name.
    let title: String
    /// Its page.
    let url: SiteAddress
  }

  /// How many pictures of one class were taken for another.
  struct Cell: TemplateView {
    /// How many; `nil` for none.
    let count: Int?
    /// Where these pictures are.
    let url: SiteAddress
    /// Their share among those of the line, 0…1 with two digits.
    let share: String
    /// Whether it is the class itself.
    let isRight: Bool
    /// The class that it was taken for.
    let said: String
  }

  /// A class that pictures show.
  struct Row: TemplateView {
    /// The class.
    let title: String
    /// Its page.
    let url: SiteAddress
    /// What its pictures were taken for, column by column.
    let cells: [Cell]
    /// How many pictures show it.
    let count: Int
  }

  /// The network; `nil` where there is but one.
  let model: String?
  /// The classes that pictures were taken for.
  let columns: [Class]
  /// The classes that they show.
  let rows: [Row]
  /// How many classes there are.
  let classCount: Int
  /// Whether classes are left out, those that were confused the least.
  let isCut: Bool

  /// More classes make a table that nobody reads.
  private static let mostClasses = 40

  /// - Returns: `nil` where nobody says what pictures show.
  init?(_ index: CollectionIndex, model: Int) {
    let pairs = index.collection.pictures.compactMap { picture -> (truth: String, said: String)? in
      let verdict = picture.verdicts[model]
      return verdict.countedTruth.map { ($0, verdict.said) }
    }
    guard !pairs.isEmpty else { return nil }
    var counts: [String: [String: Int]] = [:]
    var errors: [String: Int] = [:]
    for (truth, said) in pairs {
      counts[truth, default: [:]][said, default: 0] += 1
      if truth != said {
        errors[truth, default: 0] += 1
        errors[said, default: 0] += 1
      }
    }
    let met = Set(pairs.flatMap { [$0.truth, $0.said] })
    let all = index.classes.filter(met.contains)
    let kept = Set(
      all.enumerated().sorted {
        (-errors[$0.element, default: 0], $0.offset) < (-errors[$1.element, default: 0], $1.offset)
      }
      .prefix(Self.mostClasses).map(\.element))
    let classes = all.filter(kept.contains)
    self.model = index.collection.models.count > 1 ? index.collection.models[model].title : nil
    columns = classes.map { Class(title: $0, url: .file(index.places.page(ofClass: $0))) }
    rows = classes.map { truth in
      let line = counts[truth] ?? [:]
      let sum = line.values.reduce(0, +)
      return Row(
        title: truth, url: .file(index.places.page(ofClass: truth)),
        cells: classes.map { said in
          let count = line[said] ?? 0
          let section = PictureGroup.id(of: truth == said ? .right : .taken(for: said), model: model, index.places)
          return Cell(
            count: count == 0 ? nil : count,
            url: .file(index.places.page(ofClass: truth), suffix: "#" + section),
            share: NumberText.plain(sum == 0 ? 0 : Double(count) / Double(sum)), isRight: truth == said, said: said)
        }, count: sum)
    }
    classCount = all.count
    isCut = classes.count < all.count
  }
}
