import Foundation
import TestSupport

/// A site that is edited at random: what it says, and an edit at a time.
struct RandomSite {
  private struct Page {
    var title: String
    var date: Int?
    var tags: [String] = []
    var isDraft = false
    /// The last part of the page's address, where it is not its file's name.
    var slug: String?
    var words = "Words"
    var heading = "Why"
    /// The names of files of the content folder, from there.
    var links: [String] = []
    var figure: Figure?
  }

  private struct Figure {
    var image: String
    var classes: String
    var colormap: String
    var caption: String
  }

  private var pages: [String: Page] = [:]
  private var site = ["title: Site"]
  private var generator: SplitMix
  private var count = 0
  /// What the last edit was, for messages.
  private(set) var edit = ""

  private static let images = ["one.png", "two.png", "three.png"]
  private static let words = ["apple", "Caf\u{e9}", "Cafe\u{301}", "<mug> & die", "“pawn”", "lamp -- off", "kin's"]

  /// The site that a seed gives, written to a folder.
  init(seed: UInt64, in site: SessionSite) throws {
    generator = SplitMix(state: seed)
    for _ in 0..<7 { _ = addPage() }
    for (number, name) in Self.images.enumerated() {
      try site.write(try SessionSite.picture(number), to: "content/images/\(name)")
    }
    try site.folder.write("- [Home](index.md)", to: "content/static/list.txt")
    for path in pages.keys { try write(path, to: site) }
  }

  // MARK: - Chance

  private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &generator) }
  private mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < share }
  private mutating func any<Element>(_ elements: [Element]) -> Element { elements[number(0..<elements.count)] }
  private mutating func anyPage() -> String { any(pages.keys.sorted()) }

  private mutating func newFigure() -> Figure {
    Figure(
      image: any(Self.images), classes: any(["[mug]", "[apple, 4]", "[die]"]), colormap: any(["turbo", "viridis"]),
      caption: any(Self.words))
  }

  private mutating func addPage() -> String {
    count += 1
    let path = chance(0.7) ? "experiments/e\(count).md" : "pages/p\(count).md"
    var page = Page(title: "\(any(Self.words)) \(count)")
    if chance(0.6) { page.date = number(1..<28) }
    if path.hasPrefix("experiments/") { page.figure = chance(0.6) ? newFigure() : nil }
    if !pages.isEmpty, chance(0.6) { page.links = [anyPage()] }
    pages[path] = page
    return path
  }

  // MARK: - Text

  private func text(_ path: String, _ page: Page) -> String {
    var lines = ["---", "title: \"\(page.title)\""]
    if let date = page.date { lines.append("date: 2026-01-\(date < 10 ? "0" : "")\(date)") }
    if !page.tags.isEmpty, path.hasPrefix("experiments/") {
      lines.append("tags: [\(page.tags.joined(separator: ", "))]")
    }
    if page.isDraft { lines.append("draft: true") }
    if let slug = page.slug { lines.append("slug: \(slug)") }
    lines += ["---", page.words, "", "## \(page.heading)", ""]
    for link in page.links { lines += ["A [link](../\(link)).", ""] }
    if let figure = page.figure {
      lines += [
        "```explain", "model: tabletop", "image: \(figure.image)", "classes: \(figure.classes)", "methods: [grad-cam]",
        "colormap: \(figure.colormap)", "caption: \"\(figure.caption)\"", "```",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func write(_ path: String, to site: SessionSite) throws {
    guard let page = pages[path] else { return try FileManager.default.removeItem(atPath: file(path, of: site)) }
    try site.folder.write(text(path, page), to: "content/" + path)
  }

  private func file(_ path: String, of site: SessionSite) -> String { site.folder.path("content/" + path) }

  // MARK: - Edits

  /// Takes out every link that may lead nowhere.
  mutating func mend(_ site: SessionSite) throws {
    edit = "mend"
    for path in pages.keys.sorted() where !(pages[path]?.links.isEmpty ?? true) {
      pages[path]?.links = []
      try write(path, to: site)
    }
  }

  /// Changes something.
  mutating func change(_ site: SessionSite) throws {
    let edits: [(String, (inout RandomSite, SessionSite) throws -> Void)] = [
      ("words", { try $0.changePage($1) { $0.words = $1.any(Self.words) } }),
      ("title", { try $0.changePage($1) { $0.title = $1.any(Self.words) } }),
      ("date", { try $0.changePage($1) { $0.date = $1.chance(0.2) ? nil : $1.number(1..<28) } }),
      ("tags", { try $0.changePage($1) { $0.tags = $1.any([[], ["x"], ["x", "Big y"], ["z"]]) } }),
      ("draft", { try $0.changePage($1) { page, _ in page.isDraft.toggle() } }),
      (
        "address",
        { site, folder in
          site.count += 1
          let slug = "s\(site.count)"
          try site.changePage(folder) { page, _ in page.slug = page.slug == nil ? slug : nil }
        }
      ),
      ("heading", { try $0.changePage($1) { $0.heading = $1.any(["Why", "How", "Why not"]) } }),
      ("figure", { try $0.changePage($1) { $0.figure = $1.chance(0.2) ? nil : $1.newFigure() } }),
      (
        "link",
        { site, folder in
          let target = site.anyPage() + site.any(["", "#why", "#how", "#figure-1"])
          try site.changePage(folder) { $0.links.append($1.any([target, "images/one.png", "static/list.txt"])) }
        }
      ),
      (
        "add",
        { site, folder in
          let path = site.addPage()
          try site.write(path, to: folder)
        }
      ),
      ("remove", { try $0.removePage($1, renaming: false) }),
      ("rename", { try $0.removePage($1, renaming: true) }),
      ("picture", { try $0.changePicture($1) }),
      ("picture elsewhere", { try $0.changeNearPicture($1) }),
      ("template", { try $0.changeTemplate($1) }),
      ("card", { try $0.changeCard($1) }),
      ("labels", { try $0.changeLabels($1) }),
      ("settings", { try $0.changeSettings($1) }),
      ("static", { try $0.changeStatic($1) }),
    ]
    let (name, work) = any(edits)
    edit = name
    try work(&self, site)
  }

  private mutating func changePage(_ site: SessionSite, _ change: (inout Page, inout RandomSite) -> Void) throws {
    let path = anyPage()
    guard var page = pages[path] else { return }
    change(&page, &self)
    pages[path] = page
    try write(path, to: site)
  }

  private mutating func removePage(_ site: SessionSite, renaming: Bool) throws {
    guard pages.count > 3 else { return }
    let path = anyPage()
    let page = pages.removeValue(forKey: path)
    try write(path, to: site)
    guard renaming, let page else { return }
    count += 1
    let new = String(path.prefix { $0 != "/" }) + "/r\(count).md"
    pages[new] = page
    try write(new, to: site)
  }

  private mutating func changePicture(_ site: SessionSite) throws {
    try site.write(try SessionSite.picture(number(0..<9)), to: "content/images/\(any(Self.images))")
  }

  /// A picture beside the experiments is taken before one of the same name among the images.
  private mutating func changeNearPicture(_ site: SessionSite) throws {
    let path = "content/experiments/\(any(Self.images))"
    if FileManager.default.fileExists(atPath: site.folder.path(path)) {
      try FileManager.default.removeItem(atPath: site.folder.path(path))
    } else {
      try site.write(try SessionSite.picture(number(0..<9)), to: path)
    }
  }

  private mutating func changeTemplate(_ site: SessionSite) throws {
    let name = any(["layout", "figure", "card", "experiment", "experiments", "not-found", "model"])
    let path = "templates/\(name).mustache"
    let text = try String(contentsOfFile: site.folder.path(path), encoding: .utf8)
    count += 1
    try site.folder.write(text + "<!-- \(count) -->\n", to: path)
  }

  private mutating func changeCard(_ site: SessionSite) throws {
    let settings = any(["", "colormap: viridis\n", "layer: relu4\n", "summary: A network.\n", "layer: relu8\n"])
    try site.folder.write(
      """
      ---
      title: \(any(Self.words))
      file: tabletop/model.onnx
      labels: tabletop/labels.txt
      input: {size: 128, mean: [0.45, 0.45, 0.45], std: [0.25, 0.25, \(any(["0.25", "0.5"]))]}
      \(settings)---
      \(any(Self.words))
      """, to: "content/models/tabletop.md")
  }

  private mutating func changeLabels(_ site: SessionSite) throws {
    let path = "content/models/tabletop/labels.txt"
    var lines = TabletopContent.labels.split(separator: "\n").map(String.init)
    lines[8] = "n00000009 " + any(["mug", "cup, mug", "Caf\u{e9}, mug", "Cafe\u{301}, mug"])
    try site.folder.write(lines.joined(separator: "\n") + "\n", to: path)
  }

  private mutating func changeSettings(_ site: SessionSite) throws {
    let line = any([
      "title: \(any(Self.words))", "description: \(any(Self.words))", "url: https://example.org/",
      "smart_punctuation: true", "author: Ada", "language: ko", "defaults: {opacity: 0.75}",
      "navigation: [{title: Home, link: index.md}, {title: Net, link: models/tabletop.md}]",
    ])
    let key = line.prefix { $0 != ":" }
    let isThere = self.site.contains { $0.hasPrefix(key) }
    self.site.removeAll { $0.hasPrefix(key) }
    if key == "title" || !isThere { self.site.append(line) }
    try site.folder.write(self.site.joined(separator: "\n") + "\n", to: "content/site.yml")
  }

  private mutating func changeStatic(_ site: SessionSite) throws {
    let path = "content/static/\(any(["favicon.svg", "data.txt", "list.txt"]))"
    if !path.hasSuffix("list.txt"), FileManager.default.fileExists(atPath: site.folder.path(path)) {
      try FileManager.default.removeItem(atPath: site.folder.path(path))
    } else {
      try site.folder.write("<svg/>\(number(0..<99))", to: path)
    }
  }
}
