import Foundation
import NeuralNetwork
import TestSupport
import Testing

@testable import Gallery

/// Figures about what is no class of a picture alone: words, weighted sums, answers to questions.
@Suite("Figures explain any target, and networks that read more than a picture")
struct TargetFigureTests {
  /// A network that reads a picture and four words, and gives a score for each of five words at each place, and five answers.
  private static let network: ONNXBuilder = {
    var model = ONNXBuilder()
    model.input("image", [1, 3, 8, 8])
    model.input("tokens", [1, 4], elementType: 7)
    model.constant("kernel", [4, 3, 3, 3], noise(108, seed: 1))
    model.constant("embedding", [5, 4], noise(20, seed: 2))
    model.constant("vocabulary", [4, 5], noise(20, seed: 3))
    model.node("Conv", ["image", "kernel"], ["conv"], ["pads": [1, 1, 1, 1]])
    model.node("Relu", ["conv"], ["maps"])
    model.node("GlobalAveragePool", ["maps"], ["mean"])
    model.integers("row", [1, 1, 4])
    model.node("Reshape", ["mean", "row"], ["seen"])
    model.node("Gather", ["embedding", "tokens"], ["read"])
    model.node("Mul", ["seen", "read"], ["both"])
    model.node("MatMul", ["both", "vocabulary"], ["words"])
    model.node("ReduceMean", ["words"], ["answer"], ["axes": [1], "keepdims": 0])
    model.output("words")
    model.output("answer")
    return model
  }()

  private static let card = """
    ---
    title: Words
    file: words/model.onnx
    labels: words/words.txt
    output: answer
    input: {size: 8}
    inputs:
      tokens: {vocabulary: words/words.txt, start: <start>}
    outputs:
      words: {vocabulary: words/words.txt}
    ---
    """

  private func site(_ yaml: String, card: String = Self.card) throws -> TabletopSite {
    let page = "---\ntitle: A\nmodel: words\nimage: mug-apple.jpg\n---\n```explain\n\(yaml)\n```\n"
    let site = try TabletopSite(["a": page])
    try site.folder.write(card + "\n", to: "content/models/words.md")
    try site.folder.write("<pad>\n<start>\na\nred\nmug\n", to: "content/models/words/words.txt")
    try site.write(Self.network.bytes, to: "content/models/words/model.onnx")
    return site
  }

  private struct Manifest: Decodable {
    struct Part: Decodable {
      let inputs: [String: String]
      let cells: [Cell]
    }
    struct Cell: Decodable {
      let label: String
      let target: String?
      let value: Float?
      let logit: Float?
      let array: String?
    }
    let parts: [Part]

    init(_ site: TabletopSite) throws {
      let data = Data(try site.text("explanations/experiments/a/1/manifest.json").utf8)
      self = try JSONDecoder().decode(Self.self, from: data)
    }
  }

  /// What `sitegen explain` finds for the same.
  private func explain(
    _ site: TabletopSite, targets: [String], inputs: [String: String], method: String = "signed"
  ) throws -> (manifest: ExplanationManifest, arrays: [Tensor]) {
    var request = StandaloneRequest(
      image: site.folder.path("content/images/mug-apple.jpg"), model: "words", classes: [],
      output: site.folder.path("out"))
    (request.targets, request.inputs, request.methods) = (targets, inputs, [method])
    (request.writesArrays, request.content) = (true, site.folder.path("content"))
    let manifest = try StandaloneExplanation(request).run()
    let arrays = try manifest.targets.flatMap(\.results).compactMap(\.array).map {
      try Tensor(contentsOfNPYFile: site.folder.path("out/" + $0))
    }
    return (manifest, arrays)
  }

  @Test("each word of a text has its map, the very one that the command line gives")
  func words() throws {
    let site = try site("inputs: {tokens: a red mug}\ntarget: words[tokens]\nmethods: [signed]\narrays: all")
    _ = try site.build()
    let cells = try Manifest(site).parts.flatMap(\.cells)
    #expect(cells.map(\.label) == ["a", "red", "mug"])
    #expect(cells.map(\.target) == ["words[0,2]", "words[1,3]", "words[2,4]"])
    let (manifest, arrays) = try explain(site, targets: ["words[tokens]"], inputs: ["tokens": "a red mug"])
    #expect(manifest.targets.map(\.value) == cells.map(\.value))
    #expect(Set(arrays.map(\.values)).count == 3, "each word has a map of its own")
    for (cell, array) in zip(cells, arrays) {
      let name = try #require(cell.array)
      let found = try Tensor(contentsOfNPYFile: site.folder.path("public/" + name))
      #expect(deviation(found.values, from: array.values) == 0)
    }
    let page = try site.text("experiments/a.html")
    #expect(page.contains("data-rows=\"classes\""))
    #expect(page.contains("<span id=\"figure-1-row-2-label\">red</span>") || page.contains(">red</span>"))
  }

  @Test("a word in a target is its index, and another text gives other numbers")
  func wordInTarget() throws {
    let site = try site("inputs: {tokens: [a, red]}\ntarget: words[0, mug]\nmethods: [signed]")
    _ = try site.build()
    let parts = try Manifest(site).parts
    #expect(parts.map(\.inputs) == [["tokens": "a"], ["tokens": "red"]])
    #expect(parts.flatMap(\.cells).map(\.target) == ["words[0,4]", "words[0,4]"])
    let page = try site.text("experiments/a.html")
    #expect(page.contains("data-rows=\"inputs\""))
    for text in ["a", "red"] {
      let (manifest, _) = try explain(site, targets: ["words[0, mug]"], inputs: ["tokens": text])
      let cell = try #require(parts.first { $0.inputs["tokens"] == text }?.cells.first)
      #expect(manifest.targets.map(\.value) == [cell.value])
    }
  }

  @Test("classes of a network that reads more than a picture are explained question by question")
  func classes() throws {
    let site = try site("inputs: {tokens: [a mug, red mug]}\nclasses: [mug]\nmethods: [grad-cam]")
    _ = try site.build()
    let logits = try Manifest(site).parts.flatMap(\.cells).compactMap(\.logit)
    #expect(logits.count == 2 && logits[0] != logits[1] && logits.allSatisfy(\.isFinite))
    let unchanged = try site.buildLater()
    #expect(unchanged.networkRuns == 0, "what the store has is not computed again")
  }

  @Test("evidence of what is no class is about its value, and tells of no probability that is lost")
  func evidence() throws {
    let site = try site("inputs: {tokens: a}\ntarget: words[0, mug]\nmethods: [grad-cam, gradient]\nevidence: true")
    _ = try site.build()
    let page = try site.text("experiments/a.html")
    #expect(page.contains("<p>The value of what is explained while pixels are taken away"))
    #expect(page.contains("<summary>Randomized"))
    #expect(!page.contains("Drop ") && !page.contains("No drop") && !page.contains("<summary>Other class"))
    #expect(try Gallery(site.options).storeReport(prunes: true).unused.entries == 0)
  }

  @Test("an inspection tells what else goes in, and what gives no list of classes")
  func inspection() throws {
    let site = try site("inputs: {tokens: a}\ntarget: words[0,1]")
    func text() throws -> String { try ModelInspection("words", content: site.folder.path("content")).text }
    #expect(try text().contains("Other inputs:  “tokens” (1×4, int64)"))
    #expect(try text().contains("Output:        answer, 5 classes"))
    let card = Self.card.replacing("output: answer\n", with: "").replacing("labels: words/words.txt\n", with: "")
    try site.folder.write(card.replacing("title: Words", with: "title: W") + "\n", to: "content/models/words.md")
    #expect(try text().contains("Output:        words, no list of classes: explained by --target, or `target:`"))
  }

  @Test("what runs a network on nothing but pictures says once what it lacks, and where to give it")
  func runs() throws {
    let site = try site("inputs: {tokens: a}\ntarget: words[0,1]")
    let content = site.folder.path("content")
    try site.folder.write(
      "file,class,x,y,width,height\na.jpg,mug,0,0,9,9\nb.jpg,mug,0,0,9,9\n", to: "data/truth.csv")
    var evaluation = Evaluation(model: "words", dataset: site.folder.path("data"))
    evaluation.content = content
    let fault =
      "the input “tokens” (1×4, int64) of words is given nothing. "
      + "Give it a `value:` under `inputs:` in the card: what it is always given."
    #expect(faultText { _ = try evaluation.run() } == fault)
    #expect(faultText { _ = try ReferenceScript("words", content: content) } == fault)
    var request = StandaloneRequest(
      image: site.folder.path("content/images/mug-apple.jpg"), model: "words", classes: ["mug"],
      output: site.folder.path("out"))
    request.content = content
    #expect(
      faultText { _ = try StandaloneExplanation(request).run() }
        == "the input “tokens” (1×4, int64) of words is given nothing. Add --input tokens=TEXT.")
  }

  @Test("a weighted sum is read from a file beside the page")
  func weightedSum() throws {
    let site = try site("inputs: {tokens: a}\ntarget: answer=weights.npy\nmethods: [signed]\nlayer: maps")
    try site.write(Tensor(shape: [1, 5], [0, 0, 1, 0, -1]).npyData, to: "content/experiments/weights.npy")
    _ = try site.build()
    let cell = try #require(try Manifest(site).parts.first?.cells.first)
    #expect(cell.target == "answer=weights" && cell.value?.isFinite == true)
  }

  @Test(
    "what does not exist is named with the nearest, and what is missing says what it takes",
    arguments: [
      (
        "target: words[0, mug]",
        "error: the input “tokens” (1×4, int64) of words is given nothing. Add `inputs:` with `tokens: a text`."
      ),
      (
        "inputs: {tokens: a rde mug}\ntarget: words[0,1]",
        "7:18: error: the vocabulary has no word “rde”. Did you mean “red”?"
      ),
      (
        "inputs: {tokens: a a a a}\ntarget: words[0,1]",
        "error: the text has 5 words, and the input “tokens” takes 4: “a a a a”. Make it shorter."
      ),
      (
        "inputs: {tokens: [1, 2]}\ntarget: words[0,1]",
        "error: the input “tokens” takes 1×4, 4 numbers, and was given 2."
      ),
      ("inputs: {token: 1}\ntarget: words[0,1]", "error: the model has no input “token”. Did you mean “tokens”?"),
      ("inputs: {tokens: a}\ntarget: wrods[0,1]", "Did you mean “words”?"),
      ("inputs: {tokens: a}\ntarget: words[0, mgu]", "the vocabulary has no word “mgu”. Did you mean “mug”?"),
      ("inputs: {tokens: a}\ntarget: words[9,1]", "“words[9,1]” lies outside of the tensor, whose shape is 1×4×5."),
      ("inputs: {tokens: a}\ntarget: words[1]", "“words[1]” has 1 index, and a tensor of shape 1×4×5 takes 2"),
      ("inputs: {tokens: [1, 1, 1, 1]}\ntarget: words[tokens]", "which is given no text."),
      (
        "inputs: {tokens: a}\ntarget: words[0,1]\nmethods: [cam]",
        "“cam” explains classes, and “words[0,1]” is none. Try “grad-cam”."
      ),
    ])
  func refusals(yaml: String, fault: String) throws {
    let faults = try site(yaml).faults()
    #expect(faults.contains(fault), "\(faults)")
  }

  @Test("a card without `inputs:` for a network that has some says which there are")
  func undeclared() throws {
    let card = Self.card.replacing(/inputs:\n.*\n/, with: "")
    let faults = try site("classes: [mug]", card: card).faults()
    #expect(
      faults.contains(
        "the model has 2 inputs: “image” (1×3×8×8, float32), “tokens” (1×4, int64); an image classifier has one."),
      "\(faults)")
  }
}

extension TabletopSite {
  fileprivate func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: folder.path(path)))
  }
}
