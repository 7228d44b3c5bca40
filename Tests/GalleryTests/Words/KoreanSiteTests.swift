import Foundation
import Saliency
import TestSupport
import Testing
import Vocabulary

@testable import Gallery
@testable import Site

@Suite("A site in Korean")
struct KoreanSiteTests {
  private static let page = """
    ---
    title: 머그잔
    date: 2026-11-22
    tags: [컵]
    model: tabletop
    ---
    글[^1].

    [^1]: 각주.

    ```explain
    image: mug-apple.jpg
    alt: 머그잔과 사과
    classes: [mug, apple]
    methods: [guided-backprop, grad-cam, counterfactual, localization]
    evidence: true
    boxes: [100, 100, 300, 300]
    ```

    ```method-cards
    ```
    """

  /// What readers see or hear of a page: its text, and what stands for pictures and controls.
  private func words(of html: String) -> [String] {
    let text = html.replacing(#/<(script|style|code)[^>]*>[\s\S]*?<\/\1>/#, with: "")
    let attributes = text.matches(of: #/(?:alt|aria-label|data-reading|data-outside|data-share)="([^"]*)"/#)
    return (text.replacing(#/<[^>]*>/#, with: "\n").split(separator: "\n") + attributes.map(\.output.1))
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.contains { $0.isLetter } }
  }

  /// Whether words are such an English text, whatever is filled into it.
  private func isFilled(_ text: StringText, _ words: String) -> Bool {
    var rest = words[...]
    for (index, part) in text.parts.enumerated() {
      guard case .words(let piece) = part, let range = rest.firstRange(of: MarkupText.escaped(piece)) else { continue }
      if index == 0, range.lowerBound != rest.startIndex { return false }
      rest = rest[range.upperBound...]
    }
    let pieces = text.parts.compactMap { if case .words(let piece) = $0 { piece } else { nil } }
    let isLastOpen = if case .placeholder? = text.parts.last { true } else { false }
    return (isLastOpen || rest.isEmpty) && pieces.allSatisfy { words.contains(MarkupText.escaped($0)) }
  }

  @Test("has no English word of the interface on any page, nor in a plot")
  func noEnglish() throws {
    let site = try TabletopSite(["mug": Self.page])
    try site.folder.write("title: 사이트\nlanguage: ko\n", to: "content/site.yml")
    let report = try site.build()
    #expect(report.warnings.description == "")
    let korean = try #require(StringFile.builtIn["ko"])
    let english = StringFile.english.filter { key, text in
      let letters = text.parts.reduce(0) { sum, part in
        if case .words(let words) = part { sum + words.count(where: \.isLetter) } else { sum }
      }
      return korean[key] != text && (text.placeholders.isEmpty || letters > 5)
    }
    let titles = Set(Saliency.Method.all.map(\.name.title))
    let files = try site.folder.files(in: "public")
    let pages = files.filter { $0.key.hasSuffix(".html") || $0.key.hasSuffix(".svg") }
    #expect(pages.count > 8)
    for (path, bytes) in pages {
      let text = String(decoding: bytes, as: UTF8.self)
      if path.hasSuffix(".html") { #expect(text.contains(#"<html lang="ko">"#), "\(path)") }
      for words in words(of: text) where !titles.contains(words) {
        let found = english.filter { isFilled($0.value, words) }.map(\.key)
        #expect(found == [], "\(path): \(words)")
        for method in Saliency.Method.all { #expect(words != MarkupText.escaped(method.summary)) }
      }
    }
    let page = try site.text("experiments/mug.html")
    for words in ["2026년 11월 22일", "그림 1.", "확률", "본문으로 건너뛰기", "점선으로 그린 정답 상자"] {
      #expect(page.contains(words), "\(words)")
    }
  }

  @Test("that becomes English has not a word of Korean left, whatever the store and the session remember")
  func changes() throws {
    let site = try TabletopSite(["mug": Self.page.replacing("title: 머그잔", with: "title: Mug")])
    try site.folder.write("title: Site\nlanguage: ko\n", to: "content/site.yml")
    let session = SiteSession(site.options, timeSteps: 0)
    try session.update()
    try site.folder.write("title: Site\nlanguage: en\n", to: "content/site.yml")
    #expect(try session.update().networkRuns == 0)
    let files = try #require(session.site)
    let path = try #require(files.paths.first { $0.contains("-curves-") })
    #expect(try #require(files[path]).text.contains("Deletion and insertion: "))
    #expect(try !#require(files[path]).text.isKorean)
    // A word of a file of texts is seen as well.
    try site.folder.write("probability: Likelihood\n", to: "content/strings/en.yml")
    #expect(try session.update().renderedPages.contains("experiments/mug.html"))
    let page = try #require(session.site?["experiments/mug.html"]).text
    #expect(page.contains("<dt>Likelihood</dt>") && page.contains("22 November 2026") && !page.contains("확률"))
  }
}
