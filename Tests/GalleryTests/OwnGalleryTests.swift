import Foundation
import Gallery
import TestSupport
import Testing

@Suite("The project's own gallery")
struct OwnGalleryTests {
  private static let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardizedFileURL

  private static func path(_ name: String) -> String { root.appendingPathComponent(name).path }

  /// The files that a page shows, by the addresses in it.
  private func resources(of page: String, at path: String) -> Set<String> {
    let folder = (path as NSString).deletingLastPathComponent
    return Set(
      page.matches(of: /(?:src|rel="stylesheet" href|rel="icon" href)="([^"]+)"/).map { match in
        URL(fileURLWithPath: "/" + folder).appendingPathComponent(String(match.1)).standardizedFileURL.path
      })
  }

  @Test("it builds without a warning, every picture is there, and no page weighs much")
  func build() throws {
    let folder = try TemporaryFolder()
    let report = try Gallery(
      BuildOptions(
        content: Self.path("content"), templates: Self.path("templates"), output: folder.path("public"),
        includesDrafts: true, store: folder.path("store"))
    ).build()
    #expect("\(report.warnings)" == "")
    let files = try folder.files(in: "public")
    for (path, contents) in files where path.hasSuffix(".html") && path != "404.html" {
      let page = String(decoding: contents, as: UTF8.self)
      var weight = contents.count
      for resource in resources(of: page, at: path) {
        let file = try #require(files[String(resource.dropFirst())], "\(path) shows \(resource), which is not there")
        weight += file.count
      }
      let place = path.hasPrefix("ko/") ? String(path.dropFirst("ko/".count)) : path
      let isList = place == "experiments.html" || place.hasPrefix("tags/")
      let limit = isList ? 750_000 : place == "index.html" ? 1_100_000 : 1_500_000
      #expect(weight < limit, "\(path) weighs \(weight) bytes")
      for list in page.matches(of: /srcset="([^"]+)"/) {
        for source in list.1.split(separator: ", ") {
          let address = source.prefix { $0 != " " }
          let file = URL(fileURLWithPath: "/" + path).deletingLastPathComponent()
            .appendingPathComponent(String(address)).standardizedFileURL.path.dropFirst()
          #expect(files[String(file)] != nil, "\(path) names \(address), which is not there")
        }
      }
      #expect(page.ranges(of: "<img ").count == page.ranges(of: " alt=\"").count, "\(path) has a picture without text")
    }
  }

  @Test("what is there in Korean shows the same pictures")
  func korean() throws {
    let folder = try TemporaryFolder()
    try folder.copy(Self.root.appendingPathComponent("content"), as: "content")
    let options = BuildOptions(
      content: folder.path("content"), templates: Self.path("templates"), output: folder.path("public"),
      store: folder.path("store"))
    for (path, _) in try folder.files(in: "content") where path.hasPrefix("experiments/") {
      let name = path.dropFirst("experiments/".count).prefix { $0 != "." }
      if !["two-objects", "shortcut"].contains(name) {
        try folder.write("---\ntitle: A\n---\n## B {#\(name)}\n", to: "content/\(path)")
      }
    }
    _ = try Gallery(options).build()
    for page in ["index", "experiments/two-objects", "experiments/shortcut"] {
      func maps(_ path: String) throws -> [String] {
        try folder.files(in: "public/explanations/\(path)").keys.filter {
          $0.contains("-map-") || $0.contains("photo-")
        }.sorted()
      }
      #expect(try !maps(page).isEmpty)
      #expect(try maps(page) == maps(page + ".ko"))
    }
  }

  @Test(
    "the networks answer as the page about the shortcut says",
    arguments: [
      ("cloth-mug", "tabletop", "mug"), ("cloth-mug", "tabletop-shortcut", "mug"), ("mug", "tabletop", "mug"),
      ("cloth-book", "tabletop", "book"), ("cloth-book", "tabletop-shortcut", "mug"),
    ])
  func shortcut(image: String, model: String, answer: String) throws {
    #expect(try rank(of: answer, image: image, model: model) == 1)
  }

  @Test("to the network with the shortcut, a mug without the cloth is no mug")
  func mugWithoutCloth() throws {
    #expect(try rank(of: "mug", image: "mug", model: "tabletop-shortcut") > 3)
  }

  private func rank(of label: String, image: String, model: String) throws -> Int {
    let folder = try TemporaryFolder()
    let request = StandaloneRequest(
      image: Self.path("content/images/\(image).jpg"), model: model, classes: [label], methods: ["grad-cam"],
      output: folder.path("out"), content: Self.path("content"))
    return try StandaloneExplanation(request).run().classes[0].rank
  }
}
