import Diagnostics
import Files
import Foundation
import TestSupport
import Testing

@testable import Gallery

@Suite("Nothing is computed twice")
struct WarmBuildTests {
  private static let page = """
    ---
    title: Mug or apple?
    model: tabletop
    ---
    Some words.

    ```explain
    image: mug-apple.jpg
    classes: [mug]
    methods: [guided-backprop, grad-cam, counterfactual, localization, guided-grad-cam, gradient]
    ```
    """

  private let site: TabletopSite

  init() throws {
    site = try TabletopSite(["mug-apple": Self.page, "other": Self.page.replacing("Mug or apple?", with: "Another")])
  }

  private func edit(_ experiment: String, _ change: (String) -> String) throws {
    let text = try String(contentsOfFile: site.folder.path("content/experiments/\(experiment).md"), encoding: .utf8)
    try site.folder.write(change(text), to: "content/experiments/\(experiment).md")
  }

  /// What a build makes that has no store to begin with.
  private func cold() throws -> [String: Data] {
    var options = site.options
    options.store = site.folder.path("cold-store")
    options.output = site.folder.path("cold")
    _ = try Gallery(options).build()
    defer {
      for name in ["cold", "cold-store"] { try? FileManager.default.removeItem(atPath: site.folder.path(name)) }
    }
    return try site.folder.files(in: "cold")
  }

  private func stamps() throws -> [String: String] {
    try site.folder.files(in: "public").keys.reduce(into: [:]) { stamps, path in
      let attributes = try FileManager.default.attributesOfItem(atPath: site.folder.path("public/" + path))
      stamps[path] = "\(attributes[.systemFileNumber] ?? 0) \(attributes[.modificationDate] ?? 0)"
    }
  }

  @Test("a second build with nothing changed runs no network and rewrites no file")
  func unchanged() throws {
    let first = try site.build()
    #expect(first.networkRuns == 1)
    #expect(first.writtenFiles > 0)
    let before = try stamps()
    let second = try site.build()
    #expect(second.networkRuns == 0)
    #expect(second.paintedPictures == 0)
    #expect(second.writtenFiles == 0)
    #expect(second.unchangedFiles == first.writtenFiles)
    #expect(try stamps() == before)
  }

  @Test("a network that does not run is not even opened; one that does is checked first")
  func unopened() throws {
    let model = site.folder.path("content/models/tabletop/model.onnx")
    _ = try site.build()
    let hash = try FileContents.hash(of: model)
    // Other bytes, and a record that says they are the same.
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: model))
    let size = try handle.seekToEnd()
    try handle.seek(toOffset: 0)
    try handle.write(contentsOf: Data(repeating: 0, count: Int(size)))
    try handle.close()
    let record = site.folder.url.appendingPathComponent(".sitegen/store/hashes")
    var hashes = FileRecord(contentsOf: record)
    hashes[model] = FileRecord.Entry(version: hash, stamp: try #require(FileStamp(of: model)))
    try Data(hashes.bytes).write(to: record)
    #expect(try site.build().networkRuns == 0)
    try edit("other") { $0.replacing("mug]", with: "apple]") }
    #expect(
      try site.faults(later: true)
        == "content/models/tabletop/model.onnx: error: The file has changed while the site was being built. Build again."
    )
    #expect(
      try site.faults(later: true).hasPrefix("content/models/tabletop/model.onnx: error: this is not an ONNX model"))
  }

  @Test("editing one page rewrites that page and what searches it, where its title stays")
  func onePage() throws {
    _ = try site.build()
    let before = try stamps()
    try edit("other") { $0.replacing("Some words.", with: "Other words.") }
    let report = try site.build()
    #expect(report.networkRuns == 0)
    let after = try stamps()
    // The marker lists the hashes of all files, the index for searching their words.
    #expect(
      Set(after.keys.filter { after[$0] != before[$0] }) == [".sitegen", "experiments/other.html", "search-index.js"])
    #expect(try site.folder.files(in: "public") == cold())
  }

  @Test("a new title rewrites the lists, the neighbours and the model's page too")
  func title() throws {
    _ = try site.build()
    let before = try stamps()
    try edit("other") { $0.replacing("Another", with: "Yet another") }
    _ = try site.build()
    let after = try stamps()
    #expect(
      Set(after.keys.filter { after[$0] != before[$0] }) == [
        ".sitegen", "experiments/other.html", "experiments/mug-apple.html", "experiments.html", "index.html",
        "models/tabletop.html", "figures/experiments/other-1.html", "search.html", "search-index.js",
      ])
    #expect(try site.folder.files(in: "public") == cold())
  }

  @Test("another colour map is painted from the stored arrays")
  func colormap() throws {
    _ = try site.build()
    try edit("mug-apple") { $0.replacing("classes:", with: "colormap: viridis\nopacity: 0.7\nclasses:") }
    let report = try site.build()
    #expect(report.networkRuns == 0)
    #expect(report.paintedPictures == 1)
    #expect(try site.folder.files(in: "public") == cold())
  }

  @Test("another template renders pages without painting")
  func template() throws {
    let templates = site.folder.url.appendingPathComponent("templates")
    try FileManager.default.copyItem(at: TabletopSite.templates, to: templates)
    var options = site.options
    options.templates = templates.path
    _ = try Gallery(options).build()
    let layout = try String(contentsOf: templates.appendingPathComponent("layout.mustache"), encoding: .utf8)
    try site.folder.write(layout.replacing("<main", with: "<main data-new"), to: "templates/layout.mustache")
    let report = try Gallery(options).build()
    #expect(report.paintedPictures == 0)
    #expect(report.networkRuns == 0)
    #expect(report.writtenFiles == report.pages)
    #expect(try site.text("index.html").contains("<main data-new"))
  }

  @Test("another class, layer or number of classes gives what a cold build gives")
  func edits() throws {
    _ = try site.build()
    try edit("mug-apple") { $0.replacing("[mug]", with: "[mug, apple, 7]") }
    #expect(try site.build().networkRuns == 1)
    #expect(try site.folder.files(in: "public") == cold())
    try edit("other") { $0.replacing("classes: [mug]", with: "top: 2\nlayer: [relu4, relu8]") }
    #expect(try site.build().networkRuns == 1)
    #expect(try site.folder.files(in: "public") == cold())
  }

  @Test("a damaged store is mended, whatever is damaged")
  func damage() throws {
    _ = try site.build()
    let expected = try site.folder.files(in: "public")
    for kind in Store.Kind.allCases {
      for path in try site.folder.files(in: "content/../.sitegen/store").keys where path.hasPrefix(kind.rawValue) {
        try site.folder.write("damaged", to: ".sitegen/store/" + path)
      }
      try FileManager.default.removeItem(atPath: site.folder.path("public"))
      _ = try site.build()
      #expect(try site.folder.files(in: "public") == expected, "\(kind)")
    }
  }

  @Test("a store without its other files works")
  func missingRecords() throws {
    _ = try site.build()
    let before = try stamps()
    for path in try site.folder.files(in: ".sitegen/store").keys
    where path.hasPrefix("outputs/") || path == "hashes" {
      try site.folder.write("damaged", to: ".sitegen/store/" + path)
    }
    let report = try site.build()
    #expect(report.networkRuns == 0)
    #expect(report.writtenFiles == 0)
    #expect(try stamps() == before)
  }

  @Test("the number of processors changes nothing")
  func jobs() throws {
    let expected = try cold()
    for jobs in [1, 3] {
      var options = site.options
      options.jobs = jobs
      options.store = site.folder.path("store-\(jobs)")
      options.output = site.folder.path("site-\(jobs)")
      _ = try Gallery(options).build()
      #expect(try site.folder.files(in: "site-\(jobs)") == expected, "\(jobs) jobs")
    }
  }

  @Test("pruning deletes what no page uses, and nothing else")
  func prune() throws {
    try edit("other") { $0.replacing("mug]", with: "apple]") }
    _ = try site.build()
    let gallery = Gallery(site.options)
    #expect(try gallery.storeReport(prunes: false).unused.entries == 0)
    try FileManager.default.removeItem(atPath: site.folder.path("content/experiments/other.md"))
    let before = try gallery.storeReport(prunes: false)
    // The other page's figure, its arrays, and its six panels, two of them with a map alone in two sizes and its values, and one
    // of boxes in two sizes; the photo is shared.
    #expect(before.unused.entries == 15)
    #expect(try gallery.storeReport(prunes: true) == before)
    let after = try gallery.storeReport(prunes: false)
    #expect(after.used == before.used)
    #expect(after.unused.entries == 0)
    #expect(try site.build().paintedPictures == 0)
    #expect(try site.folder.files(in: "public") == cold())
  }

  @Test("a fault leaves no trace in the store")
  func faults() throws {
    try site.folder.write("\u{89}PNG", to: "content/experiments/broken.png")
    try edit("other") { $0.replacing("mug-apple.jpg", with: "broken.png") }
    #expect(try !site.faults().isEmpty)
    #expect(try !site.faults().isEmpty)
    try FileManager.default.removeItem(atPath: site.folder.path("content/experiments/broken.png"))
    try site.folder.copy(TabletopContent.photo, as: "content/experiments/broken.png")
    _ = try site.build()
    #expect(try site.folder.files(in: "public") == cold())
  }
}

@Suite("Parts of a gallery")
struct ShardTests {
  @Test("a part is written i/n", arguments: ["", "1", "0/2", "3/2", "1/0", "-1/2", "a/b", "1/2/3", "1/100001", " 1/2"])
  func faults(text: String) {
    #expect(Shard(text) == nil)
  }

  @Test("parts are disjoint, cover everything, and a build over them computes nothing")
  func compute() throws {
    let site = try TabletopSite(
      Dictionary(
        uniqueKeysWithValues: (1...5).map { number in
          let page = "---\ntitle: P\(number)\nmodel: tabletop\nimage: \(number).png\ntop: \(number)\n---\n"
          return ("p\(number)", page)
        }))
    for number in 1...5 {
      try site.folder.copy(TabletopContent.photo, as: "content/experiments/\(number).png")
    }
    var options = site.options
    options.store = site.folder.path("store")
    let parts = try (1...3).map { try Gallery(options).compute(try #require(Shard("\($0)/3"))) }
    #expect(parts.map(\.pictures).reduce(0, +) == 5)
    #expect(parts.allSatisfy { $0.pictures > 0 })
    // The pictures are the same bytes, so a run that one part has made serves them all; each asks for other classes.
    #expect(parts.map(\.paintedPictures) == parts.map(\.pictures))
    #expect(try Gallery(options).compute(.whole).paintedPictures == 0)
    let report = try Gallery(options).build()
    #expect(report.networkRuns == 0)
    #expect(report.paintedPictures == 0)
    let parted = try site.folder.files(in: "public")
    options.store = site.folder.path("another store")
    #expect(try Gallery(options).build().networkRuns > 0)
    #expect(try site.folder.files(in: "public") == parted)
  }
}

@Suite("Nothing is looked at twice")
struct UnchangedBuildTests {
  private let site: TabletopSite

  init() throws {
    site = try TabletopSite([
      "one": "---\ntitle: One\nmodel: tabletop\nimage: mug-apple.jpg\nclasses: [apple]\nmethods: [grad-cam]\n---\n"
    ])
  }

  @Test("a build of what has not changed ends before anything is read, and tells the same numbers")
  func unchanged() throws {
    let first = try site.buildLater()
    #expect(!first.isUnchanged)
    let second = try site.buildLater()
    #expect(second.isUnchanged)
    #expect(second.pages == first.pages)
    #expect(second.pictures == first.pictures)
    #expect(second.explanations == first.explanations)
    #expect(second.unchangedFiles == first.writtenFiles)
  }

  @Test(
    "whatever is changed is seen",
    arguments: [
      "content/experiments/one.md", "content/site.yml", "content/static/new.txt", "public/index.html",
    ])
  func changed(path: String) throws {
    let first = try site.buildLater()
    let isNew = !FileManager.default.fileExists(atPath: site.folder.path(path))
    let text = isNew ? "" : try String(contentsOfFile: site.folder.path(path), encoding: .utf8)
    try site.folder.write(text.replacingOccurrences(of: "title: One", with: "title: Two") + "\n", to: path)
    #expect(try !site.buildLater().isUnchanged)
    #expect(try site.buildLater().isUnchanged)
    #expect(try site.buildLater().pages == first.pages)
  }

  @Test("a link that leads to another folder is seen, even where both folders are part of the content already")
  func redirectedLink() throws {
    for name in ["one", "two"] { try site.folder.write(name, to: "content/static/\(name)/file.txt") }
    let link = site.folder.path("content/static/zed")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "one")
    _ = try site.buildLater()
    #expect(try site.buildLater().isUnchanged)
    try FileManager.default.removeItem(atPath: link)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "two")
    #expect(try !site.buildLater().isUnchanged)
  }

  @Test("a file of one's own in the output is no change, and stays")
  func stray() throws {
    _ = try site.buildLater()
    try site.folder.write("mine", to: "public/stray.html")
    #expect(try site.buildLater().isUnchanged)
    try site.folder.write("---\ntitle: New\n---\nWords.\n", to: "content/pages/new.md")
    #expect(try site.buildLater().removedFiles == 0)
    #expect(try site.text("stray.html") == "mine")
  }

  @Test("a file that was changed a moment ago is read again")
  func fresh() throws {
    _ = try site.build()
    #expect(try !site.build().isUnchanged)
  }

  @Test("another option is another build, and warnings are told each time")
  func options() throws {
    _ = try site.buildLater()
    var options = site.options
    options.includesDrafts = true
    #expect(try !site.buildLater(options).isUnchanged)
    try site.folder.write("---\ntitle: W\n---\n<b>bold</b>\n", to: "content/pages/w.md")
    for _ in 1...2 { #expect(try site.buildLater().warnings.all.count > 0) }
  }
}
