import Diagnostics

/// Which of several outputs that may be scores is explained, and why.
struct OutputChoice {
  /// The output's name.
  let name: String
  /// Why it is this one, to be read behind “because”.
  let reason: String
  /// The other outputs that may be scores.
  let alternatives: [String]

  /// Chooses by name, by the end of the graph, and by what depends on what.
  ///
  /// - Parameter graph: with all the outputs that may be scores.
  /// - Throws: `Diagnostic` that lists the outputs where there is no clear winner.
  init(among graph: Graph) throws(Diagnostic) {
    let candidates = Candidate.all(in: graph)
    guard let first = candidates.first else {
      let (name, operand) = graph.outputs[0]
      guard case .value(let value) = operand else {
        throw .error("the output “\(name)” does not depend on the input.")
      }
      throw .error(
        "the output “\(name)” has shape \(graph.values[value].shape.shapeText), which is not one score for each class.",
        hint: "sitegen explains image classifiers.")
    }
    func choose(_ winner: Candidate, _ reason: String) -> OutputChoice {
      OutputChoice(
        name: winner.name, reason: reason,
        alternatives: candidates.filter { $0.scores != winner.scores }.map(\.name))
    }
    if candidates.count == 1 {
      self = choose(first, "no other output is a list of scores")
      return
    }
    let rules: [(reason: String, applies: (Candidate) -> Bool)] = [
      ("of its name", { $0.hasTellingName }),
      ("it is behind a softmax", { $0.end?.function == .softmax }),
      (
        "it is computed from the others",
        { candidate in candidate.count > 1 && candidates.allSatisfy(candidate.dependsOn) }
      ),
      ("of its name", { $0.isCalledOutput }),
    ]
    let isOneHead = Set(candidates.map(\.scores)).count == 1
    if isOneHead {
      let named = candidates.first(where: \.hasTellingName) ?? first
      self = choose(named, "all outputs come from the same scores")
      return
    }
    for rule in rules {
      let found = candidates.filter(rule.applies)
      // A softmax and what it reads are the same scores.
      guard let winner = found.first, Set(found.map(\.scores)).count == 1 else { continue }
      self = choose(winner, rule.reason)
      return
    }
    let list = candidates.map { "“\($0.name)” (\($0.count) values)" }.joined(separator: ", ")
    throw .error(
      "the model has \(candidates.count) outputs that can be scores: \(list).",
      hint: "Choose one by `output:` in the model card, or by --output-tensor.")
  }

  private init(name: String, reason: String, alternatives: [String]) {
    (self.name, self.reason, self.alternatives) = (name, reason, alternatives)
  }
}

/// An output that may be scores.
private struct Candidate {
  let name: String
  let value: Int
  /// How many numbers it holds.
  let count: Int
  let end: HeadEnd?
  /// What it depends on.
  let ancestors: Set<Int>

  /// The value in front of a softmax or sigmoid at its end.
  var scores: Int { end?.scores ?? value }

  /// The outputs that are one list of numbers. A single number that is computed from such a list sums it up, and is none.
  static func all(in graph: Graph) -> [Candidate] {
    let reader = GraphReader(graph)
    let bounds = ValueBounds(reader)
    let lists = graph.outputs.compactMap { name, operand -> Candidate? in
      guard case .value(let value) = operand, graph.values[value].shape.isVector else { return nil }
      return Candidate(
        name: name, value: value, count: graph.values[value].shape.elementCount,
        end: HeadEnd(reader, bounds, output: value), ancestors: graph.ancestors(of: value))
    }
    return lists.filter { single in
      single.count > 1 || !lists.contains { $0.count > 1 && single.ancestors.contains($0.value) }
    }
  }

  func dependsOn(_ other: Candidate) -> Bool { ancestors.contains(other.value) }

  var hasTellingName: Bool {
    let words = words
    return !words.isDisjoint(with: Self.telling) && words.isDisjoint(with: Self.contradicting)
  }

  var isCalledOutput: Bool {
    let words = words
    return !words.isDisjoint(with: ["output", "out", "outputs"]) && words.isDisjoint(with: Self.contradicting)
  }

  /// The words of the name's last part, as exporters join them.
  private var words: Set<String> {
    let part = name.split(separator: "/").last.map(String.init) ?? name
    var words: Set<String> = []
    var word = ""
    for character in part {
      if !character.isLetter || character.isUppercase && word.last?.isLowercase == true {
        words.insert(word.lowercased())
        word = ""
      }
      if character.isLetter { word.append(character) }
    }
    words.insert(word.lowercased())
    return words
  }

  private static let telling: Set<String> = [
    "logit", "logits", "score", "scores", "probability", "probabilities", "prob", "probs", "prediction", "predictions",
    "pred", "preds", "softmax", "class", "classes", "classification", "classifier",
  ]
  private static let contradicting: Set<String> = [
    "aux", "auxiliary", "box", "boxes", "bbox", "bboxes", "mask", "masks", "feature", "features", "embedding",
    "embeddings", "hidden", "pool", "pooled", "pooler", "token", "tokens", "iou", "objectness",
  ]
}
