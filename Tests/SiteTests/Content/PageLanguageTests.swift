import Foundation
import Testing

@testable import Site

@Suite("The language of a page")
struct PageLanguageTests {
  private static let korean = "---\ntitle: 개\n---\n"

  private func content(_ changes: [String: String?]) throws -> SiteContent {
    let (content, faults) = try ContentFixture(changes).load()
    #expect(faults == "")
    return try #require(content)
  }

  private func paths(_ changes: [String: String?]) throws -> [String] {
    try content(changes).allPages.map(\.outputPath).filter { !$0.hasPrefix("models/") }.sorted()
  }

  @Test(
    "the end of a file's name says it, where it is a language",
    arguments: [
      ("a.ko", "ko/experiments/a.html"), ("a.PT-br", "pt-BR/experiments/a.html"),
      ("a.zh-hant", "zh-Hant/experiments/a.html"), ("a.en", "experiments/a.html"), ("v1.2", "experiments/v1.2.html"),
      ("a.new", "experiments/a.new.html"), ("a.korean", "experiments/a.korean.html"),
      ("a.b.ko", "ko/experiments/a.b.html"),
      ("ko", "experiments/ko.html"),
    ])
  func names(name: String, path: String) throws {
    // Words that a language lacks are told of.
    let content = try ContentFixture(["experiments/\(name).md": Self.korean]).load().content
    #expect(content?.experiments.map(\.outputPath) == [path])
  }

  @Test("a language that few know is one where the page stands beside it without it")
  func beside() throws {
    let files = ["experiments/a.md": Self.korean, "experiments/a.new.md": Self.korean]
    let content = try #require(try ContentFixture(files).load().content)
    #expect(content.experiments.map(\.outputPath).sorted() == ["experiments/a.html", "new/experiments/a.html"])
    #expect(Set(content.experiments.map(\.language)) == ["en", "new"])
  }

  @Test("the front matter says the same, and every kind of page stands below its language")
  func places() throws {
    #expect(
      try paths([
        "index.ko.md": "A.", "pages/about.ko.md": "---\ntitle: A\nslug: us\n---\n",
        "experiments/a.md": "---\ntitle: A\nlanguage: ko\n---\n", "experiments/b.ko.md": Self.korean,
      ]) == ["index.html", "ko/experiments/a.html", "ko/experiments/b.html", "ko/index.html", "ko/us.html"])
    #expect(
      try paths([
        "site.yml": "title: S\nlanguage: ko\n", "index.md": "A.", "index.en.md": "A.", "pages/a.ko.md": Self.korean,
      ]) == ["a.html", "en/index.html", "index.html"])
    // A home page in another language alone.
    #expect(try paths(["index.md": "---\nlanguage: ko\n---\n"]) == ["index.html", "ko/index.html"])
  }

  private static let faulty: [(files: [String: String], fault: String)] = [
    (
      ["experiments/a.ko.md": "---\ntitle: A\nlanguage: en\n---\n"],
      "content/experiments/a.ko.md:3:11: error: “en” contradicts the file's name, which says “ko”. "
        + "Remove the line, or rename the file."
    ),
    (
      ["experiments/a.md": "---\ntitle: A\nlanguage: Korean!\n---\n"],
      "content/experiments/a.md:3:11: error: “Korean!” is not a language tag. Write one like `en` or `pt-BR`."
    ),
    (
      ["experiments/a.md": korean, "experiments/a.en.md": "---\ntitle: A\nslug: b\n---\n"],
      "content/experiments/a.en.md: error: This page and content/experiments/a.md are one page in one language (“en”). "
        + "Rename one of them."
    ),
    (
      ["experiments/a.md": korean, "experiments/a.en.md": korean],
      "content/experiments/a.en.md: error: This page and content/experiments/a.md would both be experiments/a.html. "
        + "Give one of them another `slug`."
    ),
    (
      ["models/net.ko.md": "---\ntitle: N\ninput: {size: 8}\n---\n"],
      "content/models/net.ko.md: error: There is no model card in another language (“ko”): a network has one card. "
        + "Write about the network on a page in `pages`, or rename the file."
    ),
    (
      ["site.yml": "title: S\nlanguages: {en: {title: T}}\n", "pages/a.ko.md": korean],
      "content/site.yml:2:13: error: “en” is the site's own language. "
        + "Write its title and the rest at the top of site.yml."
    ),
    (
      ["site.yml": "title: S\nlanguages: {ko: {titel: T}}\n", "pages/a.ko.md": korean],
      "content/site.yml:2:18: error: “titel” is not a key of a language of “languages”. Did you mean “title”?"
    ),
    (
      ["site.yml": "title: S\nlanguages: {ko: {title: T}}\n"],
      "content/site.yml:2:13: warning: No page of the site is in “ko”. Write one: `index.ko.md`, for a start."
    ),
  ]

  @Test("what contradicts itself is a fault", arguments: faulty)
  func faults(files: [String: String], fault: String) throws {
    #expect(try ContentFixture.faults(files) == fault)
  }

  @Test("a language that lacks words of the interface is told of, and a title of the site is asked for")
  func missing() throws {
    let (content, faults) = try ContentFixture(["pages/a.fr.md": Self.korean]).load()
    #expect(faults.contains("have no words in “fr”, and stand in English."))
    #expect(
      try #require(content).omissions.map(\.description).contains(
        "content/site.yml: warning: The site has no title in “fr”. Add `languages: {fr: {title: …}}`, and what else readers "
          + "see on its pages."))
  }

  // MARK: - Links

  /// Where the links of a page lead.
  private func targets(of path: String, _ links: [String]) throws -> [String] {
    var files: [String: String?] = [
      "experiments/a.md": "---\ntitle: A\n---\n", "experiments/a.ko.md": Self.korean,
      "experiments/b.md": "---\ntitle: B\n---\n", "experiments/c.ko.md": Self.korean, "index.ko.md": "K.",
    ]
    files[path] = "---\ntitle: X\n---\n" + links.map { "[x](\($0)) " }.joined()
    let page = try #require(try content(files).allPages.first { $0.sourcePath == path })
    return page.body.targets.map { _, target in
      guard case .page(let output, let suffix) = target else { return "?" }
      return output + suffix
    }
  }

  @Test("a link leads to the page in the language that one reads, and to another where one asks for it")
  func links() throws {
    let links = ["a.md", "a.en.md", "a.ko.md", "b.md", "../index.md", "../index.en.md"]
    #expect(
      try targets(of: "experiments/x.md", links) == [
        "experiments/a.html", "experiments/a.html", "ko/experiments/a.html", "experiments/b.html", "index.html",
        "index.html",
      ])
    #expect(
      try targets(of: "experiments/x.ko.md", links + ["c.md"]) == [
        "ko/experiments/a.html", "experiments/a.html", "ko/experiments/a.html", "experiments/b.html", "ko/index.html",
        "index.html", "ko/experiments/c.html",
      ])
  }

  @Test("a link to a language that a page has not is a fault")
  func noSuchLanguage() throws {
    let faults = try ContentFixture.faults([
      "experiments/a.md": Self.korean, "experiments/b.md": "---\ntitle: B\n---\n[x](a.ko.md)\n",
    ])
    #expect(
      faults
        == "content/experiments/b.md:4: error: There is no page “a.ko.md” in content/experiments.")
  }

  // MARK: - Addresses

  @Test("pages of every script have addresses that stay readable and apart")
  func scripts() throws {
    let names = ["고양이", "ネコ", "😀", "😺", "Größe"]
    let files = Dictionary(uniqueKeysWithValues: names.map { ("pages/\($0).md", "---\ntitle: X\n---\n") })
    #expect(try Set(paths(files)) == Set(["index.html"] + names.map { "\($0).html" }))
    #expect(try paths(["pages/a.md": "---\ntitle: X\nslug: 우리-2_α\n---\n"]).contains("우리-2_α.html"))
    #expect(
      try ContentFixture.faults(["pages/a.md": "---\ntitle: X\nslug: 😀\n---\n"])
        == "content/pages/a.md:3:7: error: “😀” cannot be a slug. Use letters, digits, `-` and `_` only.")
  }

  @Test("a name spelled in pieces has the address of the one spelled whole")
  func spelling() throws {
    let name = "고양이".decomposedStringWithCanonicalMapping
    let content = try content([
      "pages/\(name).md": "---\ntitle: X\n---\n## 소리 {#\("소리".decomposedStringWithCanonicalMapping)}\n",
      "pages/a.md": "---\ntitle: A\n---\n[x](고양이.md#\("소리".decomposedStringWithCanonicalMapping))\n",
    ])
    let page = try #require(content.pages.first { $0.slug == "고양이" })
    #expect(Array(page.outputPath.utf8) == Array("고양이.html".utf8))
    #expect(page.body.headings.map { Array($0.id.utf8) } == [Array("소리".utf8)])
    let link = try #require(content.pages.first { $0.slug == "a" }?.body.targets.first?.target.address)
    #expect(
      Array(PageLinker(path: "a.html").link(to: link).utf8) == Array("\(RelativeLink.encoded("고양이.html"))#소리".utf8))
  }

  @Test("and beside that one it would be at the same address")
  func twins() throws {
    let text = "---\ntitle: X\n---\n"
    let fixture = try ContentFixture()
    for name in ["é.md", "e\u{301}.md"] { try fixture.write("pages/\(name)", Array(text.utf8)) }
    #expect(fixture.load().faults.contains("would both be é.html. Give one of them another `slug`."))
  }
}
