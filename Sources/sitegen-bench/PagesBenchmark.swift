import ArgumentParser
import Foundation

/// `sitegen-bench pages`
struct PagesBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pages", abstract: "Times builds of Markdown pages without pictures, beside Hugo.",
    discussion: """
      Both programs build the same Markdown with templates of the same few lines. Four kinds of builds: cold, with \
      nothing changed, after an edit of one page, after an edit of the template. The programs take turns.
      """)

  @OptionGroup var options: BenchOptions

  @Option(help: "How many pages; may be repeated.")
  var pages: [Int] = [10, 100, 1000, 4000]

  @Option(help: "The Hugo program.")
  var hugo = "hugo"

  /// What was measured for one number of pages.
  private struct Result: Encodable {
    var pages: Int
    var sitegen: [String: Series] = [:]
    var hugo: [String: Series] = [:]
    /// Hugo's fastest time divided by sitegen's.
    var ratios: [String: Double] = [:]
  }

  func run() throws {
    try printJSON(try pages.map(result))
  }

  private func result(_ count: Int) throws -> Result {
    var result = Result(pages: count)
    try withScratchFolder { folder in
      let sites: [any BenchmarkSite] = [
        SitegenSite(folder: folder.appendingPathComponent("sitegen"), program: options.program),
        HugoSite(folder: folder.appendingPathComponent("hugo"), program: hugo),
      ]
      for site in sites { try site.prepare(pages: count) }
      var runs: [String: [[Measurement]]] = [:]
      for run in 0..<options.runs {
        for (index, site) in sites.enumerated() {
          for (name, change) in try site.scenarios(run: run) {
            try change()
            runs[name, default: [[], []]][index].append(try site.build())
          }
        }
      }
      result.sitegen = runs.mapValues { Series($0[0]) }
      result.hugo = runs.mapValues { Series($0[1]) }
      result.ratios = runs.mapValues { Series($0[1]).fastest / Series($0[0]).fastest }
    }
    return result
  }
}

/// A site that one program builds.
private protocol BenchmarkSite {
  var folder: URL { get }
  /// The folder of the pages, from the site's.
  var pages: String { get }
  /// What a build makes, from the site's folder.
  var products: [String] { get }
  /// The template of a page.
  var template: (path: String, text: String) { get }

  func writeFrame() throws
  func build() throws -> Measurement
}

extension BenchmarkSite {
  func prepare(pages count: Int) throws {
    try writeFrame()
    try folder.write(template.text, to: template.path)
    for number in 0..<count { try write(page: number, words: "words") }
  }

  /// The changes before each kind of build, in this order.
  func scenarios(run: Int) throws -> [(String, () throws -> Void)] {
    [
      (
        "cold",
        { for path in products { try? FileManager.default.removeItem(at: folder.appendingPathComponent(path)) } }
      ),
      // The second build after the last edit, and not within the seconds in which a file's stamp says little.
      ("unchanged", { try settle(build) }),
      ("one edit", { try write(page: 5, words: "edit \(run)") }),
      ("template edit", { try folder.write(template.text + "<!-- \(run) -->\n", to: template.path) }),
    ]
  }

  private func write(page number: Int, words: String) throws {
    let paragraphs = (1...4).map { paragraph in
      "Paragraph \(paragraph) of page \(number) has *some* \(words), a [link](https://example.org/\(number)) and "
        + "`code`, and goes on long enough to look like a paragraph that somebody may have written.\n"
    }
    let day = String(format: "20%02d-%02d-%02d", 10 + number / 336 % 15, number / 28 % 12 + 1, number % 28 + 1)
    try folder.write(
      """
      ---
      title: "Page number \(number)"
      summary: "What page \(number) is about."
      date: \(day)
      tags: [benchmark]
      ---

      ## First

      \(paragraphs[0])
      - one
      - two, with **weight**
      - three

      \(paragraphs[1])
      ## Second

      \(paragraphs[2])
      > A quotation.

          let code = \(number)

      \(paragraphs[3])
      """, to: "\(pages)/page-\(number).md")
  }
}

private struct SitegenSite: BenchmarkSite {
  let folder: URL
  let program: String
  let pages = "content/experiments"
  let products = ["public", ".sitegen"]
  let template = (
    path: "templates/experiment.mustache",
    text: "<!doctype html>\n<title>{{page.title}}</title>\n<h1>{{page.title}}</h1>\n{{{body}}}\n"
  )

  func writeFrame() throws {
    try folder.write("title: Benchmark\n", to: "content/site.yml")
    let list = """
      <!doctype html>
      <title>{{site.title}}</title>
      <ul>
      {{#experiments}}
      <li><a href="{{.url}}">{{.title}}</a></li>
      {{/experiments}}
      </ul>

      """
    for name in ["home", "experiments"] { try folder.write(list, to: "templates/\(name).mustache") }
    for name in ["model", "models", "not-found", "page"] {
      try folder.write("<title>{{page.title}}</title>\n", to: "templates/\(name).mustache")
    }
    try folder.write("<figure></figure>\n", to: "templates/figure.mustache")
  }

  func build() throws -> Measurement {
    try ChildProcess.measure(
      program,
      [
        "build", "--content", folder.path + "/content", "--templates", folder.path + "/templates", "--output",
        folder.path + "/public",
      ], in: folder)
  }
}

private struct HugoSite: BenchmarkSite {
  let folder: URL
  let program: String
  let pages = "content/experiments"
  let products = ["public", "resources", ".hugo_build.lock"]
  let template = (
    path: "layouts/_default/single.html",
    text: "<!doctype html>\n<title>{{ .Title }}</title>\n<h1>{{ .Title }}</h1>\n{{ .Content }}\n"
  )

  func writeFrame() throws {
    try folder.write(
      """
      baseURL = "https://example.org/"
      title = "Benchmark"
      disableKinds = ["taxonomy", "term", "RSS", "sitemap"]
      uglyURLs = true

      """, to: "config.toml")
    let list = """
      <!doctype html>
      <title>{{ .Site.Title }}</title>
      <ul>
      {{ range .Site.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
      {{ end }}</ul>

      """
    for name in ["index.html", "_default/list.html"] { try folder.write(list, to: "layouts/" + name) }
    try folder.write("<title>Not found</title>\n", to: "layouts/404.html")
  }

  func build() throws -> Measurement {
    try ChildProcess.measure(program, ["--quiet", "--source", folder.path], in: folder)
  }
}
