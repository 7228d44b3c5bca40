import Diagnostics
import Foundation
import Gallery
import TestSupport
import Testing

@Suite("Checking writes nothing")
struct CheckTests {
  private let site: TabletopSite

  init() throws {
    site = try TabletopSite([
      "a": "---\ntitle: T\nmodel: tabletop\nimage: mug-apple.jpg\nclasses: [8]\nmethods: [grad-cam]\n---\n"
    ])
  }

  /// Everything in the test's folder, with what the file system tells of it.
  private func tree() throws -> [String: String] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: site.folder.url.path) + [""]
    return try paths.reduce(into: [:]) { tree, path in
      let attributes = try FileManager.default.attributesOfItem(atPath: site.folder.path(path))
      let facts: [FileAttributeKey] = [.systemFileNumber, .modificationDate, .size]
      tree[path] = facts.map { "\(attributes[$0] ?? 0)" }.joined(separator: " ")
    }
  }

  @Test("nothing is made where there was no store")
  func first() throws {
    let before = try tree()
    _ = try Gallery(site.options).check()
    #expect(try tree() == before)
  }

  @Test("nothing is changed in a store that is there, nor where there are faults")
  func second() throws {
    _ = try site.build()
    // Long ago, so that a build would say again that it uses them.
    for path in try site.folder.files(in: ".sitegen").keys {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)],
        ofItemAtPath: site.folder.path(".sitegen/" + path))
    }
    let card = "---\ntitle: N\nfile: tabletop/model.onnx\ninput: {size: 64}\n---\n"
    try site.folder.write(card, to: "content/models/n.md")
    let before = try tree()
    _ = try? Gallery(site.options).check()
    _ = try? Gallery(site.options).storeReport(prunes: false)
    #expect(try tree() == before)
    try site.folder.write("---\ntitle: N\nmodel: none\n---\n", to: "content/experiments/b.md")
    let faulty = try tree()
    #expect(throws: (any Error).self) { try Gallery(site.options).check() }
    #expect(try tree() == faulty)
  }

  @Test(
    "a store in the way of what is read or written is a fault, and nothing is made",
    arguments: [
      ("content", "is the content folder “content”"), ("content/static/x", "lies in the content folder “content”"),
      ("content/models", "lies in the content folder “content”"), ("public/x", "lies in the output folder “public”"),
      ("public", "is the output folder “public”"), ("PUBLIC/x", "lies in the output folder “public”"),
      ("link/x", "lies in the content folder “content”"), ("../{}", "contains the content folder “content”"),
    ])
  func placement(store: String, fault: String) throws {
    try site.folder.link(site.folder.url.appendingPathComponent("content"), as: "link")
    var options = site.options
    options.store = site.folder.path(store.replacing("{}", with: site.folder.url.lastPathComponent))
    let before = try tree()
    let error = #expect(throws: DiagnosticList.self) { try Gallery(options).check() }
    let text = try #require(error).description.replacing(site.folder.url.path + "/", with: "")
    #expect(text.contains("\(fault). Name another with --store."), "\(text)")
    // A build may say first that the output is in the store's way.
    #expect(throws: DiagnosticList.self) { try Gallery(options).build() }
    #expect(try tree() == before)
  }

  @Test("a store without a name is a fault")
  func noName() throws {
    var options = site.options
    options.store = ""
    let error = #expect(throws: DiagnosticList.self) { try Gallery(options).check() }
    #expect(error?.description == "error: The name of the store is empty. Name another with --store.")
  }

  @Test("a folder that is not a store is told of by every command, and stays as it is")
  func foreign() throws {
    var options = site.options
    options.store = site.folder.path("content")
    let before = try tree()
    for command in [
      { _ = try Gallery(options).check() }, { _ = try Gallery(options).build() },
      { _ = try Gallery(options).compute(.whole) }, { _ = try Gallery(options).storeReport(prunes: true) },
      { _ = try Gallery(options).storeReport(prunes: false) },
    ] {
      let error = #expect(throws: (any Error).self) { try command() }
      #expect("\(try #require(error))".contains("error: The store “\(site.folder.path("content"))”"))
      #expect(try tree() == before)
    }
  }

  @Test("links to rows and panels that figures do not have are told by check and by build")
  func figureLinks() throws {
    try site.folder.write(
      """
      ---
      title: B
      ---
      [a](a.md#figure-1) [b](a.md#figure-1-1) [c](a.md#figure-1-1-grad-cam;zoom=2) [d](a.md#figure-1-2)
      [e](a.md#figure-1-1-grad-cma) [f](a.md#figure-2) [g](#figure-1)
      """, to: "content/experiments/b.md")
    let expected = """
      content/experiments/b.md:5: warning: There is no “#figure-2” on content/experiments/a.md. Did you mean “#figure-1”?
      content/experiments/b.md:5: warning: There is no “#figure-1” on this page. The page has no figures.
      content/experiments/b.md:4: warning: There is no “#figure-1-2” on content/experiments/a.md. Did you mean “#figure-1-1”?
      content/experiments/b.md:5: warning: There is no “#figure-1-1-grad-cma” on content/experiments/a.md. Did you mean \
      “#figure-1-1-grad-cam”?
      """
    for warnings in [try Gallery(site.options).check(), try site.build().warnings] {
      let found = warnings.all.map { $0.description.replacing(site.folder.url.path + "/", with: "") }
      #expect(found == expected.split(separator: "\n").map(String.init))
    }
  }

  @Test("a card without labels says so, in a strict check")
  func labels() throws {
    let card = site.folder.path("content/models/tabletop.md")
    let text = try String(contentsOfFile: card, encoding: .utf8)
    try site.folder.write(
      text.replacing("labels: tabletop/labels.txt\n", with: ""), to: "content/models/tabletop.md")
    #expect(try Gallery(site.options).check().all.isEmpty)
    let warnings = try Gallery(site.options).check(isStrict: true)
    #expect(
      warnings.description.replacing(site.folder.url.path + "/", with: "").contains(
        """
        content/models/tabletop.md: warning: The card names no `labels`: classes are called “class 0”, “class 1”… Add \
        `labels:` with a file of one name a line.
        """))
  }
}
