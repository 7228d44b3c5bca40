import Foundation
import Gallery
import TestSupport
import Testing

@Suite("The documents as a site")
struct DocsSiteTests {
  private static func path(_ name: String) -> String { Document.root.appendingPathComponent(name).path }

  @Test("sitegen builds it without a diagnostic, and it shows a figure")
  func build() throws {
    let folder = try TemporaryFolder()
    let report = try Gallery(
      BuildOptions(
        content: Self.path("docs"), templates: Self.path("templates"), output: folder.path("docs"),
        store: folder.path("store"), followedLinks: [Self.path("content")])
    ).build()
    #expect("\(report.warnings)" == "")
    #expect(report.explanations > 0)
    let files = try folder.files(in: "docs")
    for document in Snippet.documents where document.hasPrefix("docs/pages/") {
      let name = (document as NSString).lastPathComponent.replacing(".md", with: ".html")
      let page = String(decoding: try #require(files[name], "\(name) is missing"), as: UTF8.self)
      #expect(page.contains("class=\"prose\""))
    }
  }

  @Test("every page stands in the menu or is led to by the first page")
  func reachable() throws {
    let index = try Document("docs/index.md").text()
    for document in Snippet.documents where document.hasPrefix("docs/pages/") {
      #expect(index.contains("(\(document.dropFirst("docs/".count)))"), "docs/index.md does not name \(document)")
    }
  }
}
