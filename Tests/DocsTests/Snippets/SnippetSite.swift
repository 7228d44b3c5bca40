import Diagnostics
import Foundation
import Gallery
import TestSupport

@testable import Site

/// The site with which people begin, for one snippet to be put into it.
struct SnippetSite {
  private let folder: TemporaryFolder
  /// Explanations are computed once for all snippets.
  private static let store = try? TemporaryFolder()

  init() throws {
    folder = try TemporaryFolder()
    _ = try NewSite(folder: folder.path("site")).write()
    for path in ["site/content/experiments/two-objects.md", "site/content/images/LICENSE"] {
      try FileManager.default.removeItem(atPath: folder.path(path))
    }
    try Data(Self.network.bytes).write(to: URL(fileURLWithPath: folder.path("site/content/models/any-size.onnx")))
    try Data(Self.asked.bytes).write(to: URL(fileURLWithPath: folder.path("site/content/models/asked.onnx")))
    try write("<pad>\n<start>\n<end>\nhow\nmany\ndice\n", to: "content/models/words.txt")
    try write(
      Self.page(
        "title: Asked\nfile: asked.onnx\nlabels: tabletop/labels.txt\noutput: logits\ninput: {size: 8}\ninputs: {question: {vocabulary: words.txt}}\n"
      ),
      to: "content/models/asked.md")
    try write(Self.evaluation, to: "content/pages/evaluation.json")
    try write("file,class,tags\nmug-apple.jpg,mug,fruit\n", to: "content/images/truth.csv")
    try write("Files that begin with a point are no templates.", to: "templates/.keep")
  }

  /// A network that takes pictures of any size, for cards: it weighs the colours of the whole picture.
  private static let network: ONNXBuilder = {
    var model = ONNXBuilder()
    model.input("image", [1, 3, -1, -1])
    model.constant("weights", [12, 3, 1, 1], noise(36, seed: 1))
    model.node("Conv", ["image", "weights"], ["maps"])
    model.node("Relu", ["maps"], ["relu8"])
    model.node("GlobalAveragePool", ["relu8"], ["means"])
    model.node("Flatten", ["means"], ["logits"])
    model.output("logits")
    return model
  }()

  /// A network that reads four words beside the picture, and tells a number for each word at each place, and one for each of
  /// twelve classes.
  private static let asked: ONNXBuilder = {
    var model = ONNXBuilder()
    model.input("image", [1, 3, 8, 8])
    model.input("question", [1, 4], elementType: 7)
    model.constant("weights", [4, 3, 3, 3], noise(108, seed: 2))
    model.constant("embedding", [6, 4], noise(24, seed: 3))
    model.constant("answers", [4, 12], noise(48, seed: 4))
    model.integers("row", [1, 1, 4])
    model.node("Conv", ["image", "weights"], ["maps"])
    model.node("Relu", ["maps"], ["relu8"])
    model.node("GlobalAveragePool", ["relu8"], ["means"])
    model.node("Reshape", ["means", "row"], ["seen"])
    model.node("Gather", ["embedding", "question"], ["read"])
    model.node("Mul", ["seen", "read"], ["words"])
    model.node("MatMul", ["words", "answers"], ["each"])
    model.node("ReduceMean", ["each"], ["logits"], ["axes": [1], "keepdims": 0])
    model.output("logits")
    model.output("words")
    return model
  }()

  /// Writes a file of the project.
  func write(_ text: String, to path: String) throws { try folder.write(text, to: "site/\(path)") }

  /// What `check` says of the site; nothing where it is fine.
  func faults() -> String {
    do {
      let options = BuildOptions(
        content: folder.path("site/content"), templates: folder.path("site/templates"), store: Self.store?.url.path)
      return try Gallery(options).check().description
    } catch {
      return "\(error)"
    }
  }
}

// MARK: - Pieces of YAML

extension SnippetSite {
  /// Puts lines of YAML where the keys of `mapping` stand, beside those that must be there.
  func place(_ lines: String, in mapping: ContentMapping) throws {
    switch mapping {
    case .site: try write(Self.complete(lines, with: ["title: Site"]), to: "content/site.yml")
    case .navigation:
      let entry = Self.complete(lines, with: ["title: About", "link: pages/about.md"])
      try place("navigation:\n  -\n" + Self.indented(Self.indented(entry)), in: .site)
    case .theme: try place("theme:\n" + Self.indented(lines), in: .site)
    case .accent: try place("accent:\n" + Self.indented(lines), in: .theme)
    case .fonts: try place("fonts:\n" + Self.indented(lines), in: .theme)
    case .defaults:
      try place("defaults:\n" + Self.indented(lines), in: .site)
      try write(Self.block(asking: lines), to: "content/experiments/snippet.md")
    case .home: try write(Self.page(Self.complete(lines, with: Self.question(lines))), to: "content/index.md")
    case .page:
      try write(
        Self.page(Self.complete(lines, with: ["title: Snippet"] + Self.question(lines))),
        to: "content/experiments/snippet.md")
    case .block: try write(Self.block(asking: "", lines), to: "content/experiments/snippet.md")
    case .evaluation:
      try write(
        Self.fenced("evaluation", Self.complete(lines, with: ["file: evaluation.json"])), to: "content/pages/snippet.md"
      )
    case .methodCards: try write(Self.fenced("method-cards", lines), to: "content/pages/snippet.md")
    case .card:
      // What is said of other inputs and outputs needs a network that has them.
      let isAsked = lines.contains("inputs:") || lines.contains("outputs:")
      let needed =
        ["title: Snippet", "labels: tabletop/labels.txt", "output: logits"]
        + (isAsked ? ["file: asked.onnx", "input: {size: 8}"] : ["file: any-size.onnx", "input: {size: 128}"])
        + (lines.contains("outputs:") ? ["inputs: {question: {vocabulary: words.txt}}"] : [])
      try write(Self.page(Self.complete(lines, with: needed)), to: "content/models/snippet.md")
    case .input:
      // A way to fit is asked for along with the number that goes with it.
      let needed = ["size: 128"] + (lines.contains("shorter_side") ? ["resize: crop"] : [])
      try place("input:\n" + Self.indented(Self.complete(lines, with: needed)), in: .card)
    case .furtherInput:
      let needed = ["vocabulary: words.txt"]
      try place("inputs:\n  question:\n" + Self.indented(Self.indented(Self.complete(lines, with: needed))), in: .card)
    case .furtherOutput: try place("outputs:\n  words:\n" + Self.indented(Self.indented(lines)), in: .card)
    case .source:
      let digest = String(repeating: "0", count: 64)
      let needed = ["url: https://example.org/model.onnx", "sha256: \(digest)"]
      try place("source:\n" + Self.indented(Self.complete(lines, with: needed)), in: .card)
    }
  }

  /// A page with a block.
  private static func fenced(_ word: String, _ lines: String) -> String {
    page("title: Snippet\n") + "\n```\(word)\n\(lines)\n```\n"
  }

  /// What `sitegen evaluate` measured of two methods.
  private static let evaluation: String = {
    let mean = #"{"mean": 0.9, "low": 0.8, "high": 0.95, "count": 12}"#
    let entries = ["grad-cam", "guided-backprop"].map {
      #"{"method": "\#($0)", "seconds": 0.002, "measures": {"pointing": \#(mean), "energy": \#(mean)}}"#
    }
    return
      #"{"model": "other", "network": "", "dataset": "scenes", "pictures": 4, "things": 12, "evidencePictures": 0, "#
      + #""command": "sitegen evaluate", "chance": \#(mean), "accuracy": \#(mean), "seconds": 0.001, "#
      + #""entries": [\#(entries.joined(separator: ", "))]}"#
  }()

  /// What a figure cannot do without.
  private static let question = ["image: mug-apple.jpg", "model: tabletop", "classes: [mug]"]

  /// The same, of a network that reads what `lines` give it.
  private static func question(_ lines: String) -> [String] {
    lines.contains("inputs:") ? question.map { $0.replacing("tabletop", with: "asked") } : question
  }

  /// The lines, with those of `needed` whose keys they do not have, nor others that go in their place.
  private static func complete(_ lines: String, with needed: [String]) -> String {
    let keys = Set(lines.split(separator: "\n").compactMap { $0.split(separator: ":").first.map(String.init) })
    let missing = needed.filter { line in
      let key = line.split(separator: ":").first.map(String.init) ?? ""
      return !keys.contains(key) && !(key == "classes" && keys.contains("top"))
    }
    return (missing + [lines]).joined(separator: "\n") + "\n"
  }

  private static func indented(_ lines: String) -> String {
    lines.split(separator: "\n").map { "  \($0)\n" }.joined()
  }

  private static func page(_ matter: String) -> String { "---\n\(matter)---\nA text.\n" }

  /// An experiment with a block: what `others` say elsewhere is not said in it.
  private static func block(asking others: String, _ lines: String = "") -> String {
    let matter = complete(others, with: question(lines)).split(separator: "\n").filter { !others.contains($0) }
    let fence = "```explain\n\(lines.isEmpty ? "caption: A snippet." : lines)\n```\n"
    return "---\ntitle: Snippet\n\(matter.joined(separator: "\n"))\n---\n\(fence)"
  }
}
