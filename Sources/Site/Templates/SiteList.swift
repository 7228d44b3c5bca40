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
  /// The language of its pages.
  let language: String
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
  /// All lists of a site in one language.
  ///
  /// - Parameters:
  ///   - experiments: the experiments in that language.
  ///   - models: the pages of models, where they are in it.
  ///   - tags: the tags of the experiments, in the order in which they are shown.
  ///   - slugs: the addresses of their pages.
  ///   - size: the most entries of a page.
  ///   - base: the folder of the language, with a slash behind it, or nothing.
  static func all(
    of experiments: [Page], models: [Page], tags: [String], _ slugs: TagSlugs, size: Int, _ strings: Strings,
    in base: String
  ) -> [SiteList] {
    let language = strings.language
    func pages(_ path: String, _ count: Int) -> ListPages { ListPages(base: path, count: count, size: size) }
    var lists: [SiteList] = []
    if !experiments.isEmpty {
      lists.append(
        SiteList(
          kind: .experiments, language: language, title: strings(.experiments),
          experiments: Array(experiments.indices), pages: pages(base + "experiments", experiments.count)))
    }
    // Names and summaries, which are short.
    if !models.isEmpty {
      lists.append(
        SiteList(kind: .models, language: language, title: strings(.models), pages: pages(base + "models", 0)))
    }
    if !tags.isEmpty {
      lists.append(SiteList(kind: .tags, language: language, title: strings(.tags), pages: pages(base + "tags", 0)))
    }
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
          kind: .tag(tag), language: language, title: tag,
          parent: LinkContext(title: strings(.tags), url: .file(slugs.index)), experiments: found,
          pages: pages(slugs.base(of: tag), found.count)))
    }
    for page in models {
      let found = using[page.slug] ?? []
      lists.append(
        SiteList(
          kind: .model(slug: page.slug), language: language, title: page.title,
          parent: LinkContext(title: page.title, url: .file(page.outputPath)), experiments: found,
          pages: pages(base + "models/" + page.slug, found.count)))
    }
    return lists
  }
}
