import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Gallery

/// Pages that show what was measured of the project's own network, by numbers that are made up.
@Suite("Evaluations on pages")
struct EvaluationViewTests {
  private let site: TabletopSite

  init() throws {
    site = try TabletopSite([:])
    try write(network: "0")
  }

  /// Writes the file of numbers.
  ///
  /// - Parameter network: the hash of the network that was measured.
  private func write(network: String) throws {
    func mean(_ mean: Double, _ low: Double, _ high: Double) -> String {
      #"{"mean": \#(mean), "low": \#(low), "high": \#(high), "count": 12}"#
    }
    func entry(_ method: String, _ layer: String, _ measures: String) -> String {
      #"{"method": "\#(method)", \#(layer)"seconds": 0.002, "measures": {\#(measures)}}"#
    }
    let entries = [
      entry(
        "grad-cam", #""layer": "relu8", "#,
        #""pointing": \#(mean(0.916, 0.896, 0.935)), "randomization": \#(mean(0.2, 0.1, 0.3))"#),
      entry(
        "guided-backprop", "",
        #""pointing": \#(mean(0.851, 0.82, 0.88)), "randomization": \#(mean(0.7, 0.6, 0.8))"#),
    ]
    try site.folder.write(
      #"""
      {"model": "tabletop", "network": "\#(network)", "dataset": "scenes", "pictures": 400, "things": 1211,
       "evidencePictures": 16, "command": "sitegen evaluate --model tabletop --dataset scenes --evidence 16",
       "chance": \#(mean(0.061, 0.059, 0.064)), "accuracy": \#(mean(0.95, 0.93, 0.97)), "seconds": 0.001,
       "entries": [\#(entries.joined(separator: ", "))]}
      """#, to: "content/pages/evaluation.json")
  }

  private func page(_ word: String, _ lines: String) throws {
    try site.folder.write(
      "---\ntitle: Measured\n---\n## Numbers\n\n```\(word)\n\(lines)\n```\n", to: "content/pages/measured.md")
  }

  private func faults() -> String {
    do {
      return try Gallery(site.options).check().description.replacing(site.folder.url.path + "/", with: "")
    } catch {
      return "\(error)".replacing(site.folder.url.path + "/", with: "")
    }
  }

  private func built() throws -> String {
    _ = try site.build()
    return try site.text("measured.html")
  }

  @Test("a table has a line for each method, the best number marked, and the command that measures it again")
  func table() throws {
    try page("evaluation", "file: evaluation.json\ncaption: Held-out scenes")
    let html = try built()
    #expect(html.contains("<caption>Held-out scenes</caption>"))
    #expect(
      html.contains(
        #"<th scope="row">Grad-CAM <code>relu8</code></th><td class="best">91.6 <span class="interval">89.6–93.5</span>"#
      ))
    #expect(
      html.contains(#"<th scope="row">Guided backprop</th><td>85.1 <span class="interval">82.0–88.0</span>"#))
    #expect(html.contains("0.20 <span class=\"interval\">0.10–0.30</span></td>"))
    #expect(
      html.contains("1,211 things in 400 pictures. A map that points anywhere would hit in 6.1 (5.9–6.4) % of cases"))
    #expect(html.contains("Of the first 16 pictures alone: Randomization."))
    #expect(html.contains("<code>sitegen evaluate --model tabletop --dataset scenes --evidence 16</code>"))
  }

  @Test("a page can choose methods and measures, in its order")
  func choice() throws {
    try page("evaluation", "file: evaluation.json\nmethods: [guided-backprop, grad-cam]\nmeasures: pointing")
    let html = try built()
    let lines = html.ranges(of: #"<th scope="row">"#).map { html[$0.upperBound...].prefix(8) }
    #expect(lines == ["Guided b", "Grad-CAM"])
    #expect(!html.contains("Randomization"))
  }

  @Test("a card tells what follows from the method's file, and how it fares in tests")
  func cards() throws {
    try page("method-cards", "file: evaluation.json")
    try site.folder.write(
      "---\ntitle: Links\n---\n[one](measured.md#evaluation-1-grad-cam) [none](measured.md#evaluation-1-cam)\n",
      to: "content/pages/links.md")
    let html = try built()
    #expect(html.contains(#"<article class="method-card" id="evaluation-1-grad-cam">"#))
    #expect(html.contains("<dt>Source</dt><dd>Selvaraju et al. 2017, equations 1 and 2</dd>"))
    #expect(html.contains("<dt>Hyperparameters</dt><dd>the layer</dd>"))
    #expect(
      html.contains(
        "<dt>Cost</dt><dd>one run of the network, and at most one back; measured: 2.0 × the time of one run</dd>"))
    #expect(html.contains(#"<li class="passed"><b>passed</b> Localization: 91.6 (89.6–93.5) %"#))
    #expect(html.contains(#"<li class="failed"><b>failed</b> Model sensitivity: 0.700 (0.600–0.800)"#))
    #expect(html.contains(#"<li class="not-measured"><b>not measured</b> Label sensitivity"#))
    #expect(faults().contains("content/pages/links.md:4: warning: There is no “#evaluation-1-cam” on"))
    #expect(!faults().contains("evaluation-1-grad-cam” on"))
  }

  @Test("cards without numbers say nothing of tests")
  func cardsAlone() throws {
    try page("method-cards", "methods: [smooth-grad, occlusion, score-cam]")
    let html = try built()
    #expect(html.contains("<dt>Determinism</dt><dd>noise, from a seed, so that it is the same each time</dd>"))
    #expect(
      html.contains("<dt>Hyperparameters</dt><dd>windows of 16 × 16 pixels of the input, 8 apart, filled with 0</dd>"))
    #expect(
      html.contains("<dt>Cost</dt><dd>a run of the network for each map of the layer, for all classes together</dd>"))
    #expect(!html.contains("<ul class=\"tests\">"))
  }

  @Test("numbers of a network that has changed since are said to be old; those of this one are not")
  func changed() throws {
    try page("evaluation", "file: evaluation.json")
    #expect(
      faults().contains(
        "content/pages/measured.md:7:7: warning: The numbers of “pages/evaluation.json” were measured before the network "
          + "“tabletop” became what it is now."))
    #expect(
      try built().contains(
        "<p class=\"note\">These numbers were measured before the network became what it is now.</p>"))
    let hashes = FileHashes(Store(site.folder.path("other")))
    try write(network: try #require(hashes.hash(of: site.folder.path("content/models/tabletop/model.onnx"))))
    #expect(faults() == "")
    #expect(try !built().contains("measured before"), "a page is made anew when its numbers are")
  }

  @Test(
    "what is wrong is told at its place",
    arguments: [
      (
        "evaluation", "caption: None",
        "measured.md:7:1: error: “file” is missing from an evaluation block. Add `file: evaluation.json`, which `sitegen evaluate --json` writes."
      ),
      (
        "evaluation", "file: evaluation.jsn",
        "measured.md:7:7: error: There is no evaluation “evaluation.jsn” in content/pages or content/models."
      ),
      (
        "evaluation", "file: measured.md",
        "measured.md:7:7: error: “pages/measured.md” is no evaluation. Have it written by `sitegen evaluate --json`."
      ),
      (
        "evaluation", "file: evaluation.json\nmethods: [cam]",
        "measured.md:8:11: error: “cam” was not measured. The file has grad-cam, guided-backprop."
      ),
      (
        "evaluation", "file: evaluation.json\nmeasures: [pointing, deletion]",
        "measured.md:8:22: error: “deletion” was not measured. Measure it with `sitegen evaluate --evidence`, or leave it out."
      ),
      (
        "evaluation", "file: evaluation.json\nmeasures: pionting",
        "measured.md:8:11: error: “pionting” is not a value of “measures”. Did you mean “pointing”?"
      ),
      (
        "method-cards", "methods: [grad-cam, grad-cam]",
        "measured.md:7:21: error: “methods” names the same thing twice. Remove one of them."
      ),
      (
        "evaluations", "file: evaluation.json",
        "measured.md:6: error: “evaluations” is not a kind of block, and would be shown as code. Did you mean “evaluation”?"
      ),
    ])
  func refusals(word: String, lines: String, fault: String) throws {
    try page(word, lines)
    #expect(faults().contains(fault), "\(faults())")
  }
}
