import Foundation
import TestSupport
import Testing

@testable import Server

@Suite("A preview shows what is being written", .timeLimit(.minutes(2)))
struct PreviewTests {
  private static func page(_ words: String) -> String { "---\ntitle: Page\n---\n\(words)\n" }

  @Test("an edit is told to who follows, and stands in the page from then on")
  func edit() throws {
    let preview = try Preview { try $0.write(Self.page("Old words."), to: "content/pages/p.md") }
    try preview.waitForSite()
    let (events, state) = try preview.follow()
    let old = try preview.client.ask("/p.html")
    #expect(old.status == 200)
    #expect(old.text.contains("Old words."))
    #expect(old.text.contains("<script defer src=\"/.sitegen/reload.js\" data-state=\"\(state)\"></script>"))
    #expect(old.field("cache-control") == "no-store")

    try preview.folder.write(Self.page("New words."), to: "content/pages/p.md")
    let next = try events.next("state")
    #expect(next != state)
    try preview.wait(events) { try preview.client.ask("/p.html").text.contains("New words.") }
    #expect(try !preview.client.ask("/p.html").text.contains(state))

    try preview.folder.write(Self.page("Another."), to: "content/pages/q.md")
    try preview.wait(events) { try preview.client.ask("/q.html").text.contains("Another.") }
    try FileManager.default.removeItem(atPath: preview.folder.path("content/pages/q.md"))
    try preview.wait(events) { try preview.client.ask("/q.html").status == 404 }
  }

  @Test("what changes nothing in the site has nothing loaded again")
  func sameBytes() throws {
    let preview = try Preview { try $0.write(Self.page("Words."), to: "content/pages/p.md") }
    try preview.waitForSite()
    let (events, state) = try preview.follow()
    #expect(try events.next("progress") == "")
    try preview.folder.write(Self.page("Words."), to: "content/pages/p.md")
    // The end of an update is told whether or not it has changed anything.
    #expect(try events.next("progress") == "")
    #expect(try preview.follow().state == state)
  }

  @Test("a fault stands over the last good site, escaped, and goes when it is mended")
  func fault() throws {
    let preview = try Preview { try $0.write(Self.page("Good words."), to: "content/pages/p.md") }
    try preview.waitForSite()
    let (events, _) = try preview.follow()
    try preview.folder.write("---\ntitle: Page\n<b>: x\n---\n", to: "content/pages/p.md")
    try preview.wait(events) { try preview.client.ask("/p.html").text.contains("sitegen-faults") }
    for path in ["/p.html", "/", "/nowhere"] {
      let text = try preview.client.ask(path).text
      #expect(text.contains("<section class=\"sitegen-faults\" role=\"alert\">"), "\(path)")
      #expect(text.contains("content/pages/p.md:3:1</code>"), "\(path)")
      #expect(text.contains("&lt;b&gt;") && !text.contains("“<b>”"), "\(path)")
      // Before all that the page says itself.
      #expect(
        try #require(text.firstRange(of: "sitegen-faults")).lowerBound
          < (try #require(text.firstRange(of: "<header")).lowerBound))
    }
    #expect(try preview.client.ask("/p.html").text.contains("Good words."))

    try preview.folder.write(Self.page("Mended words."), to: "content/pages/p.md")
    try preview.wait(events) { try preview.client.ask("/p.html").text.contains("Mended words.") }
    #expect(try !preview.client.ask("/p.html").text.contains("sitegen-faults"))
    #expect(preview.reports.contains { $0.hasPrefix("faults ") && $0.contains("content/pages/p.md:3:1: error:") })
  }

  @Test("before there ever was a site, its faults are all there is, and the site comes when they are mended")
  func neverGood() throws {
    let preview = try Preview { try $0.write("---\ntitle: [\n---\n", to: "content/pages/p.md") }
    let (events, _) = try preview.follow()
    try preview.wait(events) { try preview.client.ask("/").status == 500 }
    let page = try preview.client.ask("/p.html")
    #expect(page.status == 500)
    #expect(page.text.contains("content/pages/p.md:") && page.text.contains("/.sitegen/reload.js"))
    try preview.folder.write(Self.page("Words."), to: "content/pages/p.md")
    try preview.wait(events) { try preview.client.ask("/p.html").status == 200 }
  }

  @Test("files come with their types, folders by their index, and nothing else comes")
  func files() throws {
    let preview = try Preview {
      try $0.write(Self.page("Words."), to: "content/pages/deep/index.md")
      for name in ["a.svg", "b.json", "c.unknown", "d e.txt", "sub/index.html"] {
        try $0.write("<p>\(name)</p>", to: "content/static/\(name)")
      }
    }
    try preview.waitForSite()
    let client = preview.client
    let types = try ["/", "/style.css", "/script.js", "/a.svg", "/b.json", "/c.unknown", "/d%20e.txt"].map {
      try client.ask($0).field("content-type") ?? ""
    }
    #expect(
      types == [
        "text/html; charset=utf-8", "text/css; charset=utf-8", "text/javascript; charset=utf-8", "image/svg+xml",
        "application/json", "application/octet-stream", "text/plain; charset=utf-8",
      ])
    let folder = try client.ask("/sub?x=1")
    #expect(folder.status == 302 && folder.field("location") == "/sub/?x=1")
    #expect(try client.ask("/sub/").text.contains("sub/index.html"))
    let others = ["/content/site.yml", "/site.yml", "/templates/layout.mustache", "/.sitegen", "/.sitegen/store"]
    for path in others + ["//etc/passwd"] {
      #expect(try client.ask(path).status == 404, "\(path)")
    }
    #expect(try client.ask("/nowhere").text.contains("There is nothing at this address."))
  }

  @Test("a browser that has a file is told that it is still the one")
  func tags() throws {
    let preview = try Preview { try $0.write("one", to: "content/static/a.txt") }
    try preview.waitForSite()
    let (events, _) = try preview.follow()
    let first = try preview.client.ask("/a.txt")
    let tag = try #require(first.field("etag"))
    for known in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
      let again = try preview.client.ask("/a.txt", fields: ["If-None-Match: \(known)"])
      #expect(again.status == 304 && again.body == [], "\(known)")
    }
    try preview.folder.write("two", to: "content/static/a.txt")
    try preview.wait(events) {
      let other = try preview.client.ask("/a.txt", fields: ["If-None-Match: \(tag)"])
      return other.status == 200 && other.text == "two"
    }
  }

  @Test("a file that is no longer the one that was looked at is not served")
  func swapped() throws {
    let preview = try Preview {
      try $0.write("open", to: "content/static/a.txt")
      try $0.write("secret", to: "secret.txt")
    }
    try preview.waitForSite()
    // A link out is a fault; the last good site has the file that was there before.
    let path = preview.folder.path("content/static/a.txt")
    let (events, _) = try preview.follow()
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: preview.folder.path("secret.txt"))
    try preview.wait(events) { try preview.client.ask("/").text.contains("sitegen-faults") }
    let answer = try preview.client.ask("/a.txt")
    #expect(answer.status == 503)
    #expect(!answer.text.contains("secret"))
  }

  @Test(
    "pictures are served as they are made, and those that were deleted from the store are made again",
    arguments: ["store/pictures", "store"])
  func pictures(deleted: String) throws {
    let content = try TabletopContent()
    let preview = try Preview(content.folder) {
      try $0.write(
        "---\ntitle: Mug\nmodel: tabletop\nimage: mug-apple.jpg\nclasses: [mug]\nmethods: [grad-cam]\n---\n",
        to: "content/experiments/mug.md")
    }
    try preview.waitForSite()
    #expect(preview.reports.contains { $0.hasPrefix("progress [1/1] ") })
    let page = try preview.client.ask("/experiments/mug.html").text
    let picture = try #require(page.firstMatch(of: /src="([^"]+\.(png|jpg))"/))
    let base = try #require(URL(string: "http://127.0.0.1/experiments/mug.html"))
    let path = try #require(URL(string: String(picture.1), relativeTo: base)).absoluteURL.path
    let answer = try preview.client.ask(path)
    #expect(answer.status == 200)
    #expect(answer.field("content-type") == (picture.2 == "png" ? "image/png" : "image/jpeg"))
    #expect(answer.body.count > 500)
    let (events, _) = try preview.follow()
    try FileManager.default.removeItem(atPath: preview.folder.path(deleted))
    let gone = try preview.client.ask(path)
    #expect(gone.status == 503)
    #expect(gone.text.contains("is gone, and is looked for again"))
    try preview.wait(events) { try preview.client.ask(path).status == 200 }
    #expect(try preview.client.ask(path).body == answer.body)
    #expect(try !preview.client.ask("/experiments/mug.html").text.contains("sitegen-faults"))
  }

  @Test("a site that will stand below a path stands there in the preview, and nowhere else")
  func basePath() throws {
    let preview = try Preview {
      try $0.write("title: Site\nurl: https://example.org/our%20nets/gallery\n", to: "content/site.yml")
      try $0.write(Self.page("Words."), to: "content/pages/p.md")
      try $0.write("inside", to: "content/static/a/index.html")
    }
    try preview.waitForSite()
    let base = "/our%20nets/gallery/"
    for path in ["/", "/our%20nets/gallery"] {
      let answer = try preview.client.ask(path)
      #expect(answer.status == 302, "\(path)")
      #expect(answer.field("location") == base, "\(path)")
    }
    #expect(try preview.client.ask(base).status == 200)
    #expect(try preview.client.ask(base + "p.html").text.contains("Words."))
    #expect(try preview.client.ask(base + "a").field("location") == base + "a/")
    #expect(try preview.client.ask(base + "a/").text.contains("inside"))
    for path in ["/p.html", "/a/", "/our%20nets/", "/our%20nets/gallery2/p.html", "/style.css"] {
      let answer = try preview.client.ask(path)
      #expect(answer.status == 404, "\(path)")
      // Every link of that page leads somewhere.
      for link in answer.text.matches(of: /(?:href|src)="(\/[^"]*)"/) {
        #expect(try preview.client.ask(String(link.1)).status == 200, "\(link.1)")
      }
    }
    let (events, _) = try preview.follow()
    try preview.folder.write("title: Site\n", to: "content/site.yml")
    try preview.wait(events) { try preview.client.ask("/p.html").status == 200 }
  }
}
