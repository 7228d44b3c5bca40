import Foundation
import TestSupport
import Testing

/// The Nu HTML checker of the W3C, where its file `vnu.jar` and Java are at hand, on every kind of page.
@Suite(
  "Every kind of page is valid HTML", .timeLimit(.minutes(5)),
  .enabled(if: HTMLChecker.isAtHand, "needs java, and vnu.jar of the Nu HTML checker, its path in SITEGEN_VNU"))
struct ValidityTests {
  private static let everything = """
    ---
    title: All of Markdown
    summary: What a page can hold.
    toc: true
    ---
    Prose[^1] with **strong**, *soft*, ~~gone~~, `code`, $a^2 + \\frac{1}{2}$, [a link](about.md "title") and https://example.org/x.

    $$\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix} = \\begin{cases} 1 & x > 0 \\\\ \\sqrt[3]{2} & \\text{else} \\end{cases}$$

    ## Lists {#lists}

    - [ ] open
    - [x] done

    3. three
    4. four

    | a | b |
    |:--|--:|
    | 1 | `2` |

    > A quotation,
    > with ![a mug](mug.jpg)

    ```python
    x = 1 < 2
    ```

    ### Deeper

    Again[^1].

    [^1]: A note.
    """

  private static let methods = """

    ```explain
    image: mug.jpg
    classes: [mug, apple]
    methods: [grad-cam, counterfactual, signed, guided-backprop, localization, cam]
    arrays: all
    boxes: [[10, 10, 50, 60]]
    ```

    ```explain
    image: [mug.jpg, mug-apple.jpg]
    classes: [mug]
    methods: [grad-cam]
    columns: pictures
    ```
    """

  @Test("those of a site, with all of Markdown and figures of every kind, in each language", arguments: ["en", "ko"])
  func site(language: String) throws {
    let folder = try TemporaryFolder()
    try #require(try Program.run(["new", "site", "site"], in: folder.url).status == 0)
    try folder.write(Self.everything, to: "site/content/pages/all.md")
    let experiment = folder.path("site/content/experiments/two-objects.md")
    let text = try String(contentsOfFile: experiment, encoding: .utf8)
    try folder.write(
      text.replacing("tags:", with: "date: 2026-11-01\ntags:") + Self.methods,
      to: "site/content/experiments/two-objects.md")
    let configuration = try String(contentsOfFile: folder.path("site/content/site.yml"), encoding: .utf8)
    try folder.write(
      configuration.replacing("# author:", with: "author:").replacing("# url:", with: "url:")
        .replacing("language: en", with: "language: \(language)"),
      to: "site/content/site.yml")
    let build = try Program.run(["build"], in: folder.url.appendingPathComponent("site"))
    try #require(build.status == 0, "\(build.errors)")
    let pages = try folder.files(in: "site/public").keys.filter { $0.hasSuffix(".html") }
    #expect(pages.count >= 12)
    #expect(try HTMLChecker.complaints(of: folder.url.appendingPathComponent("site/public")) == "")
  }

  @Test("those of a preview: with faults over a good site, before there is one, and while it is made")
  func preview() throws {
    let folder = try TemporaryFolder()
    let page = "---\ntitle: A\n---\nWords.\n"
    try folder.write("title: Site\n", to: "content/site.yml")
    try folder.write(page, to: "content/pages/a.md")
    let (program, client) = try Program.serving(folder.url)
    defer { program.kill() }
    func keep(_ name: String, when isThere: (String) -> Bool) throws {
      for _ in 0..<1500 {
        let text = try client.ask("/a.html").text
        if isThere(text) { return try folder.write(text, to: "pages/\(name).html") }
        usleep(20_000)
      }
      Issue.record("no \(name)")
    }
    try keep("good", when: { $0.contains("Words.") })
    try folder.write(page + "[x](no.md) and $\\nothing$\n", to: "content/pages/a.md")
    try keep("faults", when: { $0.contains("sitegen-faults") })
    program.kill()
    _ = try program.wait()
    let (second, other) = try Program.serving(folder.url)
    defer { second.kill() }
    for _ in 0..<1500 {
      let text = try other.ask("/").text
      try folder.write(text, to: "pages/\(text.contains("sitegen-faults") ? "never" : "making").html")
      if text.contains("sitegen-faults") { break }
      usleep(20_000)
    }
    #expect(try folder.files(in: "pages").keys.contains("never.html"))
    #expect(try HTMLChecker.complaints(of: folder.url.appendingPathComponent("pages")) == "")
  }
}

/// The Nu HTML checker.
private enum HTMLChecker {
  static let jar = ProcessInfo.processInfo.environment["SITEGEN_VNU"]

  static var isAtHand: Bool { jar.map(FileManager.default.fileExists) ?? false }

  /// What it says of the pages in a folder that is an error, a line each.
  static func complaints(of folder: URL) throws -> String {
    let (process, output) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "java", "-Xss8m", "-jar", try #require(jar), "--errors-only", "--skip-non-html", "--stdout", "--exit-zero-always",
      folder.path,
    ]
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return text.replacing(folder.path + "/", with: "")
  }
}
