/// What the template of a picture of a collection sees.
struct PictureContext: WholePageView {
  /// The site.
  let site: SiteContext
  /// The page.
  let page: PageDetails
  /// The picture.
  let picture: PictureDetails
  /// Its figure, as HTML.
  var body = ""
}

/// What the template of a class or a tag of a collection sees.
struct PictureGroupContext: WholePageView {
  /// The site.
  let site: SiteContext
  /// The page.
  let page: PageDetails
  /// The pictures.
  let group: PictureGroup
}

/// What a picture's page tells of it.
struct PictureDetails: TemplateView {
  /// What one network says.
  struct Said: TemplateView {
    /// The network; `nil` where there is but one.
    let model: String?
    /// The class.
    let said: LinkContext
    /// How sure it is, as a percentage.
    let probability: String?
    /// Whether it is right.
    let isRight: Bool
    /// Whether it is wrong.
    let isWrong: Bool
  }

  /// The page of the collection, and its title.
  let parent: LinkContext
  /// What the picture shows; none where nobody says so.
  let truth: [LinkContext]
  /// What each network says.
  let verdicts: [Said]
  /// Its tags.
  let tags: [LinkContext]
  /// The picture before it in the grid.
  let previous: LinkContext?
  /// The picture behind it.
  let next: LinkContext?

  /// - Parameters:
  ///   - order: the places of the pictures, as the grid shows them.
  ///   - place: where this one stands among them.
  init(_ index: CollectionIndex, order: [Int], at place: Int, parent: LinkContext) {
    let pictures = index.collection.pictures
    let picture = pictures[order[place]]
    func link(ofClass label: String) -> LinkContext {
      LinkContext(title: label, url: .file(index.places.page(ofClass: label)))
    }
    func link(_ place: Int) -> LinkContext? {
      guard order.indices.contains(place) else { return nil }
      let other = pictures[order[place]]
      return LinkContext(title: other.title, url: .file(index.places.picture(other.name)))
    }
    self.parent = parent
    truth = picture.truth.map(link)
    verdicts = zip(index.collection.models, picture.verdicts).map { model, verdict in
      Said(
        model: pictures[order[place]].verdicts.count > 1 ? model.title : nil, said: link(ofClass: verdict.said),
        probability: verdict.probability.map(index.strings.numbers.percentage), isRight: verdict.isRight == true,
        isWrong: verdict.isRight == false)
    }
    tags = picture.tags.map { LinkContext(title: $0, url: .file(index.places.page(ofTag: $0))) }
    previous = link(place - 1)
    next = link(place + 1)
  }
}
