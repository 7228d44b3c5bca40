/// A list of the site: what stands on it, and its pages.
struct SiteList: Sendable {
  /// What it lists.
  enum Kind: Sendable {
    case experiments, models, tags
    /// The experiments that carry a tag.
    case tag(String)
    /// The experiments that use a network, whose own page is the first of the list.
    case model(slug: String)
  }

  let kind: Kind
  /// What readers call it.
  let title: String
  /// The page above it.
  var parent: LinkContext?
  /// Which experiments it shows, by their places among all.
  var experiments: [Int] = []
  let pages: ListPages

  /// The template of its pages.
  var template: String {
    switch kind {
    case .experiments: "experiments"
    case .models: "models"
    case .tags: "tags"
    case .tag, .model: "list"
    }
  }

  /// What it is called in messages.
  var origin: String {
    switch kind {
    case .experiments, .models, .tags: "the list of \(template)"
    case .tag(let tag): "the list of the tag “\(tag)”"
    case .model(let slug): "the list of the model “\(slug)”"
    }
  }

  /// The numbers of its pages that are no page of the content.
  var numbers: [Int] {
    let first = if case .model = kind { 2 } else { 1 }
    return Array(1...pages.pageCount).filter { $0 >= first }
  }

  /// The title of one of its pages.
  func title(of number: Int, _ strings: Strings) -> String {
    number == 1
      ? title : strings(.pageOfList, ["title": title, "number": strings.numbers.count(number)])
  }
}

extension SiteList {
  /// All lists of a site.
  ///
  /// - Parameters:
  ///   - tags: the tags of experiments, in the order in which they are shown.
  ///   - slugs: the addresses of their pages.
  static func all(of content: SiteContent, tags: [String], _ slugs: TagSlugs) -> [SiteList] {
    let size = content.configuration.pageSize
    let strings = content.strings[content.configuration.language]
    let experiments = content.experiments
    func pages(_ base: String, _ count: Int) -> ListPages { ListPages(base: base, count: count, size: size) }
    var lists: [SiteList] = []
    if !experiments.isEmpty {
      lists.append(
        SiteList(
          kind: .experiments, title: strings(.experiments), experiments: Array(experiments.indices),
          pages: pages("experiments", experiments.count)))
    }
    // Names and summaries, which are short.
    if !content.models.isEmpty {
      lists.append(SiteList(kind: .models, title: strings(.models), pages: pages("models", 0)))
    }
    if !tags.isEmpty { lists.append(SiteList(kind: .tags, title: strings(.tags), pages: pages("tags", 0))) }
    var carrying: [String: [Int]] = [:]
    var using: [String: [Int]] = [:]
    for (place, page) in experiments.enumerated() {
      for tag in page.tags { carrying[tag, default: []].append(place) }
      for model in page.requests.map(\.model.value).uniqued() { using[model, default: []].append(place) }
    }
    for tag in tags {
      let found = carrying[tag] ?? []
      lists.append(
        SiteList(
          kind: .tag(tag), title: tag, parent: LinkContext(title: strings(.tags), url: .file("tags.html")),
          experiments: found,
          pages: pages(slugs.base(of: tag), found.count)))
    }
    for page in content.models.map(\.page) {
      let found = using[page.slug] ?? []
      lists.append(
        SiteList(
          kind: .model(slug: page.slug), title: page.title,
          parent: LinkContext(title: page.title, url: .file(page.outputPath)), experiments: found,
          pages: pages("models/" + page.slug, found.count)))
    }
    return lists
  }
}
