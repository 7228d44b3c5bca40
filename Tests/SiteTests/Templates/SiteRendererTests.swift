import Diagnostics
import Foundation
import Testing

@testable import Site

@Suite("Content and figures become a site")
struct SiteRendererTests {
  /// The values of `attribute` in `html`.
  private func values(of attribute: String, in html: String) -> [String] {
    html.ranges(of: " \(attribute)=\"").map { String(html[$0.upperBound...].prefix { $0 != "\"" }) }
  }

  @Test("every file is where it belongs")
  func paths() throws {
    #expect(
      try SampleSite.render().keys.sorted() == [
        "404.html", "about.html", "collection.js", "experiments.html", "experiments/first.html",
        "experiments/second.html", "feed.xml",
        "figures/experiments/first-1.html", "images/photo.png", "index.html", "models.html", "models/net.html",
        "robots.txt", "script.js", "search-index.js", "search.html", "search.js", "sitemap.xml", "style.css",
        "tags.html", "tags/big-cats.html",
      ])
  }

  @Test("every relative link and picture leads to a file of the site or a figure's picture")
  func links() throws {
    let files = try SampleSite.render()
    for (path, html) in files where path.hasSuffix(".html") && path != "404.html" {
      let links = values(of: "href", in: html) + values(of: "src", in: html)
      #expect(links.count >= 5)
      for link in links where !link.hasPrefix("https://") {
        let target = String(link.prefix { $0 != "#" })
        if target.isEmpty { continue }
        let resolved = try #require(
          RelativePath.resolve(target, in: RelativePath.folder(of: path)), "\(link) in \(path)")
        #expect(files.keys.contains(resolved) || resolved.hasPrefix("explanations/"), "\(link) in \(path)")
      }
    }
  }

  @Test("anchors lead to ids of the page, and ids are unique")
  func ids() throws {
    let files = try SampleSite.render()
    for (path, html) in files where path.hasSuffix(".html") {
      let ids = values(of: "id", in: html)
      #expect(Set(ids).count == ids.count, "\(path)")
      for reference in values(of: "aria-labelledby", in: html) { #expect(ids.contains(reference), "\(path)") }
      for link in values(of: "href", in: html) where link.hasPrefix("#") {
        #expect(ids.contains(String(link.dropFirst())), "\(path)")
      }
    }
  }

  @Test("every picture has its size and a description")
  func pictures() throws {
    for (path, html) in try SampleSite.render() where path.hasSuffix(".html") {
      for image in html.ranges(of: "<img ").map({ html[$0.lowerBound...].prefix { $0 != ">" } }) {
        #expect(image.contains(" alt=\""), "\(path)")
        #expect(image.contains(" width=\"320\" height=\"240\"") || image.contains("alt=\"a photo\""), "\(path)")
      }
    }
  }

  @Test("text is escaped wherever it goes")
  func escaping() throws {
    let files = try SampleSite.render()
    let html = try #require(files["experiments/first.html"])
    #expect(html.contains("<h1>First &lt;one&gt;</h1>"))
    #expect(html.contains("<title>First &lt;one&gt; · Sample &amp; Co</title>"))
    #expect(html.contains("Two &quot;questions&quot;."))
    #expect(html.contains("<p class=\"note\">A note &amp; more.</p>"))
    #expect(try #require(files["feed.xml"]).contains("<title>First &lt;one&gt;</title>"))
    #expect(files.values.allSatisfy { !$0.contains("<one>") && !$0.contains("<ada>") })
  }

  @Test("a figure shows a row a class, with its numbers")
  func figure() throws {
    let html = try #require(SampleSite.render()["experiments/first.html"])
    let figure = try #require(html.firstRange(of: "<figure class=\"explanation columns-4\" id=\"figure-1\""))
    let text = html[figure.lowerBound...]
    #expect(text.ranges(of: "<div class=\"row\"").count == 2)
    // In each row the photo, two gradients, and a map over the photo once more.
    #expect(text.ranges(of: "<img ").count == 10)
    #expect(text.ranges(of: "<img class=\"overlay\" src=\"../explanations/cat-grad-cam-map.png\"").count == 1)
    #expect(text.contains("<dt>Probability</dt><dd>98.8\u{2009}%</dd>"))
    #expect(text.contains("<dt>Probability</dt><dd>&lt;\u{2009}0.1\u{2009}%</dd>"))
    #expect(text.contains("<dt>Logit</dt><dd>12.35</dd>") || text.contains("<dt>Logit</dt><dd>12.34</dd>"))
    #expect(text.contains("<dt>Logit</dt><dd>\u{2212}0.50</dd>"))
    #expect(text.contains("<dt>Class</dt><dd>0 n00000000</dd>"))
    #expect(text.contains("<dt>Layer</dt><dd><code>block/4</code></dd>"))
    #expect(text.contains("<p class=\"note\">There is no positive evidence for this class.</p>"))
    #expect(text.ranges(of: "It is the last one.").count == 1)
    #expect(text.ranges(of: "<span>0</span> <span class=\"colorbar turbo\"></span> <span>3.12</span>").count == 2)
    #expect(text.contains("<a href=\"../models/net.html\">Net</a>"))
    #expect(
      text.contains(
        "src=\"../explanations/cat-guided-backprop.png\" width=\"320\" height=\"240\" "
          + "alt=\"cat-guided-backprop picture\""))
    #expect(text.contains("<a class=\"view\" href=\"../explanations/cat-grad-cam.png\">"))
    #expect(text.ranges(of: "alt=\"photo picture\"").count == 1)
  }

  @Test("gradients have a bar of greys")
  func noColourBar() throws {
    let text = try #require(SampleSite.files["experiments/first.md"])
      .replacing("caption:", with: "methods: gradient\ncaption:")
    let html = try #require(SampleSite.render(["experiments/first.md": text])["experiments/first.html"])
    #expect(html.contains("<span class=\"colorbar gradient\"></span>"))
  }

  @Test("the home page shows the experiments, latest first, with photo and map")
  func home() throws {
    let html = try #require(SampleSite.render()["index.html"])
    let second = try #require(html.firstRange(of: "<h3><a href=\"experiments/second.html\">Second</a></h3>"))
    let first = try #require(html.firstRange(of: "<h3><a href=\"experiments/first.html\">First &lt;one&gt;</a></h3>"))
    #expect(second.lowerBound < first.lowerBound)
    #expect(html.contains("src=\"explanations/photo.png\""))
    #expect(html.contains("class=\"map\" src=\"explanations/cat-grad-cam-map.png\""))
    #expect(html.contains("<time datetime=\"2026-01-02\">2 January 2026</time>"))
  }

  @Test("neighbours and the current entry of the menu are marked")
  func navigation() throws {
    let files = try SampleSite.render()
    #expect(try #require(files["experiments/first.html"]).contains("<a rel=\"prev\" href=\"second.html\">"))
    #expect(try #require(files["experiments/second.html"]).contains("<a rel=\"next\" href=\"first.html\">"))
    #expect(try #require(files["about.html"]).contains("<a href=\"about.html\" aria-current=\"page\">About</a>"))
    let menu =
      "title: S\nnavigation:\n  - {title: 1st, link: experiments/first.md}\n  - {title: Web, link: \"https://example.org\"}\n"
    let html = try #require(SampleSite.render(["site.yml": menu])["about.html"])
    #expect(html.contains("<li><a href=\"experiments/first.html\">1st</a></li>"))
    #expect(html.contains("<li><a href=\"https://example.org\">Web</a></li>"))
    #expect(!html.contains(">Models</a>"))
  }

  @Test("a menu that nobody has written lists no more than twenty pages, and says so")
  func longMenu() throws {
    var files = ["site.yml": "title: S\n"]
    for number in 10..<31 { files["pages/p\(number).md"] = "---\ntitle: Page \(number)\n---\n" }
    let fixture = try ContentFixture(files)
    let (content, faults) = fixture.load()
    #expect(
      faults == """
        content/pages: warning: The menu lists the first 20 of 21 pages. Name those that readers need under `navigation:` in \
        site.yml.
        """)
    #expect(try #require(content).menuPages(in: "en").map(\.title) == (10..<30).map { "Page \($0)" })
    let written = try ContentFixture(
      files.merging(["site.yml": "title: S\nnavigation: [{title: P, link: pages/p30.md}]\n"]) { $1 })
    #expect(written.load().faults == "")
  }

  @Test("an icon among the static files is the site's icon")
  func icon() throws {
    #expect(try #require(SampleSite.render()["index.html"]).contains("rel=\"icon\"") == false)
    let files = try SampleSite.render(["static/favicon.svg": "<svg/>", "static/favicon.ico": "x"])
    #expect(try #require(files["index.html"]).contains("<link rel=\"icon\" href=\"favicon.svg\">"))
    #expect(try #require(files["experiments/first.html"]).contains("<link rel=\"icon\" href=\"../favicon.svg\">"))
  }

  @Test("a model's page has its table, its layers and its experiments")
  func model() throws {
    let html = try #require(SampleSite.render()["models/net.html"])
    #expect(html.contains("<tr><th scope=\"row\">Input</th><td>224\u{2009}×\u{2009}224 px, stretched to fit</td></tr>"))
    #expect(html.contains("<tr><th scope=\"row\">Parameters</th><td>1 &amp; 2</td></tr>"))
    #expect(html.contains("<details class=\"layers\" open>"))
    let maps = "8\u{2009}×\u{2009}14\u{2009}×\u{2009}7"
    #expect(html.contains("<tr><th scope=\"row\"><code>conv&lt;1&gt;</code></th><td>Conv</td><td>\(maps)</td></tr>"))
    #expect(
      html.contains(
        "<tr><th scope=\"row\"><code>relu1</code> <b>default</b></th><td>Relu</td><td>\(maps)</td></tr>"))
    #expect(html.contains("<a href=\"../experiments/first.html\">"))
    #expect(!html.contains("second.html"))
  }

  @Test("absolute addresses are those of site.yml")
  func absolute() throws {
    let files = try SampleSite.render()
    let html = try #require(files["experiments/first.html"])
    #expect(html.contains("<link rel=\"canonical\" href=\"https://example.org/g/experiments/first.html\">"))
    #expect(
      html.contains("<meta property=\"og:image\" content=\"https://example.org/g/explanations/cat-grad-cam.png\">"))
    for meta in [
      "title\" content=\"First &lt;one&gt;",
      "author\" content=\"Ada &lt;ada&gt;", "publication_date\" content=\"2026/01/02",
      "public_url\" content=\"https://example.org/g/experiments/first.html",
    ] {
      #expect(html.contains("<meta name=\"citation_\(meta)\">"))
    }
    #expect(try #require(files["index.html"]).contains("<link rel=\"canonical\" href=\"https://example.org/g/\">"))
    #expect(try #require(files["404.html"]).contains("<link rel=\"stylesheet\" href=\"/g/style.css\">"))
    #expect(
      files["sitemap.xml"]?.contains(
        "<url><loc>https://example.org/g/experiments/second.html</loc><lastmod>2026-02-03</lastmod></url>") == true)
    #expect(files["feed.xml"]?.contains("<updated>2026-02-03T00:00:00Z</updated>") == true)
    // The photo seen through the map, since readers of feeds lay nothing over anything.
    #expect(
      files["feed.xml"]?.contains(
        "&lt;img src=&quot;https://example.org/g/explanations/cat-grad-cam.png&quot; alt=&quot;cat-grad-cam picture&quot;&gt;"
      )
        == true)
  }

  @Test("a site without address has no canonical links, feed or site map")
  func noAddress() throws {
    let files = try SampleSite.render(["site.yml": "title: S\n"])
    #expect(files["feed.xml"] == nil && files["sitemap.xml"] == nil)
    #expect(
      files.filter { $0.key.hasSuffix(".html") }.values.allSatisfy { !$0.contains("canonical") && !$0.contains("og:") })
  }

  @Test("nothing is loaded from elsewhere, and nothing runs but the one script, and where readers search two more")
  func selfContained() throws {
    for (path, html) in try SampleSite.render() where path.hasSuffix(".html") {
      // Where HTML is shown, and not used, its quotes are written otherwise.
      let scripts = html.components(separatedBy: "<script").dropFirst().map { $0.prefix { $0 != ">" } }
        .filter { !$0.contains("type=\"application/json\"") }
      let names = path == "search.html" ? ["search-index.js", "search.js", "script.js"] : ["script.js"]
      #expect(scripts.count == names.count, "\(path)")
      for (script, name) in zip(scripts, names) {
        #expect(script.hasPrefix(" defer src=") && script.hasSuffix(name + "\""), "\(path)")
      }
      #expect(html.contains("script-src 'self';"), "\(path)")
      #expect(values(of: "src", in: html).allSatisfy { !$0.contains("//") }, "\(path)")
    }
  }

  @Test("a request without a figure is a fault with its place")
  func missingFigure() throws {
    let fixture = try ContentFixture(SampleSite.files)
    let content = try #require(fixture.load().content)
    let renderer = SiteRenderer(content: content, templates: try SampleSite.templates(), figures: [:])
    let fault = Diagnostic.error(
      "There is no figure for this explain block.", at: SourceLocation(file: "content/experiments/first.md", line: 10))
    #expect(throws: DiagnosticList([fault])) { try renderer.render() }
  }
}
