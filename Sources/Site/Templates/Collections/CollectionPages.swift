/// The pages that belong to the collections of a page: of each picture, class and tag.
struct CollectionPages: Sendable {
  /// One of them.
  enum Subject: Sendable {
    /// A picture, by its place in the grid.
    case picture(Int)
    case `class`(String)
    case tag(String)
  }

  let index: CollectionIndex
  /// The page that shows the grid.
  let parent: Page
  /// The places of the pictures, as the grid shows them.
  let order: [Int]
  /// What the pages are about.
  let subjects: [Subject]

  init(_ collection: Collection, on page: Page, _ strings: Strings) {
    index = CollectionIndex(collection, strings)
    parent = page
    order = collection.inOrder
    subjects =
      order.indices.map(Subject.picture) + index.classes.map(Subject.class) + index.tags.map(Subject.tag)
  }

  /// The way back to the grid.
  var link: LinkContext {
    LinkContext(
      title: parent.title,
      url: .file(parent.outputPath, suffix: "#" + PageIDs.figure(index.collection.request.number)))
  }

  /// Where a page stands, from the output folder.
  func path(of subject: Subject) -> String {
    switch subject {
    case .picture(let place): index.places.picture(index.collection.pictures[order[place]].name)
    case .class(let label): index.places.page(ofClass: label)
    case .tag(let tag): index.places.page(ofTag: tag)
    }
  }

  /// What a page is called.
  func title(of subject: Subject) -> String {
    switch subject {
    case .picture(let place): index.collection.pictures[order[place]].title
    case .class(let label): label
    case .tag(let tag): tag
    }
  }

  /// The picture that stands for a page outside of the site.
  func cover(of subject: Subject) -> Figure.Picture? {
    func whole(_ position: Int) -> Figure.Picture {
      let picture = index.collection.pictures[position]
      return picture.figure.rows.first?.panels.first { $0.overlay != nil }?.picture ?? picture.photo
    }
    switch subject {
    case .picture(let place): return whole(order[place])
    case .class(let label): return index.pictures(ofClass: label).first.map(whole)
    case .tag(let tag): return order.first { index.collection.pictures[$0].tags.contains(tag) }.map(whole)
    }
  }
}
