import Diagnostics
import Foundation
import Site
import Testing
import Vocabulary

@Suite("A content folder is read whole")
struct ContentLoaderTests {
  @Test("a site without faults has all its parts")
  func whole() throws {
    let fixture = try ContentFixture([
      "site.yml": "title: Site\nurl: https://example.org/a\nlanguage: ko\n",
      "index.md": "---\ntitle: Welcome\n---\nHello.\n",
      "experiments/b.md": "---\ntitle: B\ndate: 2026-01-02\ntags: [x, y, x]\n---\n",
      "experiments/a.md": "---\ntitle: A\ndate: 2026-01-02\n---\n",
      "experiments/c.md": "---\ntitle: C\ndate: 2026-03-01\nslug: see\n---\n",
      "experiments/d.md": "---\ntitle: D\n---\n",
      "pages/about.md": "---\ntitle: About\n---\n",
      "static/robots.txt": "all",
      "static/deep/.well-known": "x",
      "static/.gitkeep": "",
    ])
    let (loaded, faults) = fixture.load()
    #expect(faults == "")
    let content = try #require(loaded)
    #expect(content.configuration.url?.absoluteString == "https://example.org/a/")
    #expect(content.home.title == "Welcome")
    #expect(content.experiments.map(\.slug) == ["see", "a", "b", "d"])
    #expect(content.experiments.map(\.outputPath).first == "experiments/see.html")
    #expect(content.experiments[2].tags == ["x", "y"])
    #expect(content.pages.map(\.outputPath) == ["about.html"])
    #expect(content.models.map(\.page.outputPath) == ["models/net.html"])
    #expect(content.modelCard(named: "net")?.title == "Net")
    #expect(content.staticFiles.map(\.path) == ["deep/.well-known", "robots.txt"])
  }

  @Test("a name comes before the names that continue it")
  func order() throws {
    let card = try #require(ContentFixture.valid["models/net.md"])
    let content = try ContentFixture(["models/net-small.md": card]).load().content
    #expect(content?.models.map(\.card.name) == ["net", "net-small"])
  }

  @Test("the smallest site is a site.yml")
  func smallest() throws {
    let fixture = try ContentFixture(
      ContentFixture.valid.mapValues { _ in nil }.merging(["site.yml": "title: S"]) { $1 })
    let (content, faults) = fixture.load()
    #expect(faults == "")
    #expect(content?.home.title == "S")
    #expect(content?.allPages.map(\.outputPath) == ["index.html"])
  }

  @Test("drafts are left out unchecked unless they are asked for")
  func drafts() throws {
    let fixture = try ContentFixture(["experiments/a.md": "---\ntitle: A\ndraft: true\nsumary: x\n---\n[x](no.md)\n"])
    #expect(fixture.load().faults == "")
    #expect(fixture.load().content?.experiments.count == 0)
    #expect(fixture.load(drafts: true).content?.experiments.count == 1)
    #expect(
      fixture.load(drafts: true).faults == """
        content/experiments/a.md:4:1: error: “sumary” is not a key of a page's front matter. Did you mean “summary”?
        content/experiments/a.md:6: error: There is no page “no.md” in content/experiments.
        """)
  }

  @Test("there must be a folder")
  func noFolder() {
    var diagnostics = DiagnosticList()
    let content = SiteContent.load(
      from: URL(fileURLWithPath: "/nonexistent/content"), shownAs: "contnet", methods: .sample,
      diagnostics: &diagnostics)
    #expect(content == nil)
    #expect(diagnostics.description == "error: There is no content folder “contnet”. Name it with --content.")
  }

  /// Changes to a valid site, and what is told of them.
  private static let cases: [(changes: [String: String?], faults: String)] = [
    (["site.yml": nil], "error: There is no site.yml in content. Write one with a line `title: …`."),
    (
      ["site.yml": ""], "content/site.yml:1: error: “title” is missing from site.yml. Add `title: …`."
    ),
    (
      ["site.yml": "title: S\nlanguage: english\n"],
      "content/site.yml:2:11: error: “english” is not a language tag. Write one like `en` or `pt-BR`."
    ),
    (
      ["site.yml": "title: S\nurl: example.org\n"],
      "content/site.yml:2:6: error: “url” must be an absolute address, not “example.org”. Begin it with https://."
    ),
    (
      ["site.yml": "title: S\nurl: https://example.org/?a=b\n"],
      "content/site.yml:2:6: error: “url” must end with its path. Remove what follows `?` or `#`."
    ),
    (
      ["site.yml": "title: S\nnavigation: About\n"],
      "content/site.yml:2:13: error: “navigation” must be a list, not a single value. Write entries `- {title: About, link: pages/about.md}`."
    ),
    (
      ["site.yml": "title: S\nnavigation:\n  - {title: About, url: about.md}\n"],
      """
      content/site.yml:3:5: error: “link” is missing from a navigation entry. Add `link: pages/about.md`.
      content/site.yml:3:20: error: “url” is not a key of a navigation entry. Its keys are: link, title.
      """
    ),
    (
      [
        "site.yml": "title: S\nnavigation:\n  - {title: About, link: pages/abuot.md}\n",
        "pages/about.md": "---\ntitle: A\n---\n",
      ],
      "content/site.yml:3:26: error: There is no page “pages/abuot.md” in content/pages. Did you mean “about.md”?"
    ),
    (
      ["site.yml": "title: S\ndefaults:\n  model: nett\n  image: a.png\n  top: 0\n"],
      """
      content/site.yml:3:10: error: There is no model “nett”. Did you mean “net”?
      content/site.yml:4:3: error: “image” is not a key of “defaults”. Its keys are: \
      arrays, blend, colormap, columns, evidence, layer, methods, model, opacity, profile, scale, threshold, top.
      content/site.yml:5:8: error: “top” must be a whole number from 1 to 100, not “0”.
      """
    ),
    (
      ["experiments/a.md": ""],
      "content/experiments/a.md:1: error: “title” is missing from a page's front matter. Add `title: …`."
    ),
    (
      ["experiments/a.md": "---\ntitle: A\n"],
      "content/experiments/a.md:1: error: The front matter has no end. Close it with a line `---`."
    ),
    (
      ["experiments/a.md": "---\ntitle: A: B\ndate: [\n---\n"],
      "content/experiments/a.md:2:9: error: This is not valid YAML: mapping values are not allowed in this context. Put the text in quotes."
    ),
    (
      ["experiments/a.md": "---\ntitle: A\ndate: 2026-02-30\nslug: a b\ntags: {a: b}\ndraft: maybe\n---\n"],
      """
      content/experiments/a.md:3:7: error: “2026-02-30” is not a day of the calendar. Write it like 2026-11-22.
      content/experiments/a.md:4:7: error: “a b” cannot be a slug. Use letters, digits, `-` and `_` only.
      content/experiments/a.md:5:7: error: “tags” must be text, not a mapping.
      content/experiments/a.md:6:8: error: “draft” must be true or false, not “maybe”.
      """
    ),
    (
      ["experiments/a.md": "---\r\ntitle: A\r\ntitle: B\r\n---\r\n"],
      "content/experiments/a.md:3:1: error: “title” is given twice; the first is on line 2. Remove one of them."
    ),
    (
      ["experiments/a.md": "---\ntitle: A\nslug: b\n---\n", "experiments/b.md": "---\ntitle: B\n---\n"],
      "content/experiments/b.md: error: This page and content/experiments/a.md would both be experiments/b.html. Give one of them another `slug`."
    ),
    (
      ["pages/Index.md": "---\ntitle: I\n---\n"],
      "content/pages/Index.md: error: This page and content/index.md would both be Index.html. Give one of them another `slug`."
    ),
    (
      ["experiments/old/a.md": "x"],
      "content/experiments/old/a.md: warning: This file is not read. Move it to content/experiments."
    ),
    (
      [
        "about.md": "x", "README.md": "x", "notes/deep/a.markdown": "x", "notes/deep/b.md": "x", "pages/x/y/z.MD": "x",
        "models/net/recipe.md": "x", "static/a.md": "x", ".hidden/a.md": "x",
      ],
      """
      content/about.md: warning: This file is not read. Move it to content/pages or content/experiments.
      content/notes/deep/a.markdown: warning: This file is not read. Move it to content/pages or content/experiments.
      content/pages/x/y/z.MD: warning: This file is not read. Move it to content/pages.
      """
    ),
    (
      ["pages/a.md": "---\ntitle: A\ntags: [x]\n---\n", "index.md": "---\ntags: x\n---\n"],
      """
      content/index.md:2:1: warning: Nothing lists these tags: only experiments are listed by tag. Remove the line.
      content/pages/a.md:3:1: warning: Nothing lists these tags: only experiments are listed by tag. Remove the line.
      """
    ),
    (
      ["index.md": "", "index.markdown": ""],
      "content/index.md: error: This file and content/index.markdown would both be index.html. Remove one of them."
    ),
    (
      ["site.yml": nil, "site.yaml": "title: S\n"], "error: There is no site.yml in content. Rename site.yaml."
    ),
    (
      ["static/.git/config": "x", "static/sub/.git": "gitdir: x", "static/.DS_Store": "x"],
      """
      content/static/.git: warning: This is not published: it belongs to version control.
      content/static/sub/.git: warning: This is not published: it belongs to version control.
      """
    ),
    (
      ["experiments/a.md": "---\ntitle: A\n---\n```explian\nimage: photo.png\n```\n"],
      "content/experiments/a.md:4: error: “explian” is not a kind of block, and would be shown as code. "
        + "Did you mean “explain”?"
    ),
  ]

  @Test("faults of files are told with their place", arguments: cases)
  func faults(changes: [String: String?], faults: String) throws {
    #expect(try ContentFixture.faults(changes) == faults)
  }

  @Test("the faults of all files are told in one run")
  func everything() throws {
    let faults = try ContentFixture.faults([
      "site.yml": "titel: S\n", "index.md": "---\nsumary: x\n---\n", "experiments/a.md": "---\ntitle:\n---\n",
      "pages/b.md": "---\ntitle: B\n---\n[c](c.md)\n",
      "models/net.md": "---\ntitle: N\nfile: net/modle.onnx\ninput: {size: 0}\n---\n",
    ])
    #expect(
      faults == """
        content/experiments/a.md:2:1: error: “title” has no value. Give it one or remove the line.
        content/index.md:2:1: error: “sumary” is not a key of a page's front matter. Did you mean “summary”?
        content/models/net.md:3:7: error: There is no model file “net/modle.onnx” in content/models/net. \
        Did you mean “model.onnx”?
        content/models/net.md:4:15: error: “size” must be one side or [width, height] in pixels, not “0”.
        content/pages/b.md:4: error: There is no page “c.md” in content/pages. Did you mean “b.md”?
        content/site.yml:1:1: error: “title” is missing from site.yml. Add `title: …`.
        content/site.yml:1:1: error: “titel” is not a key of site.yml. Did you mean “title”?
        """)
  }

  @Test("a file that is not UTF-8 does not stop the others")
  func invalidUTF8() throws {
    let fixture = try ContentFixture(["experiments/b.md": "---\ntitle: B\n---\n"])
    try fixture.write("experiments/a.md", Array("---\ntitle: A\n---\n".utf8) + [0xFF])
    let (content, faults) = fixture.load()
    #expect(faults == "content/experiments/a.md:4: error: The text is not valid UTF-8. Save the file in UTF-8.")
    #expect(content?.experiments.map(\.title) == ["B"])
  }

  @Test("Markdown is read whatever its extension's case, and links find it")
  func extensions() throws {
    let page = "---\ntitle: A\n---\n[b](b.MD) [c](c.markdown)\n"
    let fixture = try ContentFixture([
      "experiments/a.md": page, "experiments/b.MD": "---\ntitle: B\n---\n",
      "experiments/c.markdown": "---\ntitle: C\n---\n",
      "models/net.md": nil, "models/net.Md": ContentFixture.valid["models/net.md"], "index.MD": "---\ntitle: H\n---\n",
    ])
    let (content, faults) = fixture.load()
    #expect(faults == "")
    #expect(
      content?.experiments.map(\.outputPath) == ["experiments/a.html", "experiments/b.html", "experiments/c.html"])
    #expect(content?.models.map(\.card.name) == ["net"])
    #expect(content?.home.title == "H")
  }

  @Test("links to places on pages lead to headings, figures and the theme's ids, or are worth a warning")
  func anchors() throws {
    let faults = try ContentFixture.faults([
      "experiments/a.md": """
      ---
      title: A
      model: net
      raw_html: true
      ---
      # Why the cat?
      <a name="own"></a>
      ```explain
      image: photo.png
      top: 1
      ```
      [1](#why-the-cat) [2](#figure-1) [3](#figure-1-2) [4](#main) [5](#top) [6](#) [7](b.md#größe) [8](b.md#gr%C3%B6%C3%9Fe) [9](#own)
      [x](#why-the-cta)
      [y](b.md#nothing-like-it)
      [z](#figure-2)
      """,
      "experiments/b.md": "---\ntitle: B\n---\n## Größe\n",
      "site.yml": "title: S\nnavigation:\n  - {title: B, link: experiments/b.md#grösse}\n",
    ])
    #expect(
      faults == """
        content/experiments/a.md:13: warning: There is no “#why-the-cta” on this page. Did you mean “#why-the-cat”?
        content/experiments/a.md:14: warning: There is no “#nothing-like-it” on content/experiments/b.md. \
        The id of a heading is its words in lower case with hyphens between.
        content/experiments/a.md:15: warning: There is no “#figure-2” on this page. Did you mean “#figure-1”?
        content/site.yml:3:22: warning: There is no “#grösse” on content/experiments/b.md. Did you mean “#größe”?
        """)
  }
}
