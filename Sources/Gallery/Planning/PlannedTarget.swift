import Diagnostics
import NeuralNetwork
import Saliency
import Site

/// A target that is no class, with what readers call it.
struct PlannedTarget: Hashable, Sendable {
  let target: Target
  /// The word that it stands for, or the target as it is written.
  let label: String
}

/// Finds what targets mean for a network: words become indices, and the name of an input stands for each of its words.
struct TargetReader {
  /// How messages call the network.
  let modelName: String
  /// The outputs that the card speaks of.
  let outputs: [ModelCard.FurtherOutput]
  /// What the inputs are given.
  let inputs: [ResolvedInput]
  /// Turns a content file into a path that can be opened.
  let path: (ContentFile) -> String

  /// The outputs of which targets are elements, each once, in the order in which they are met; those that cannot be read are
  /// left out.
  static func outputs(of targets: [String]) -> [String] {
    targets.compactMap { text in
      switch try? TargetExpression(text) {
      case .element(let name, _)?, .weightedSum(let name, _)?: name
      case nil: nil
      }
    }.withoutRepetitions
  }

  /// The targets that a text means: several where it names an input, each of whose words is one.
  ///
  /// - Throws: `Diagnostic` or `DiagnosticList` where it means none.
  func targets(_ text: String) throws -> [PlannedTarget] {
    switch try TargetExpression(text) {
    case .weightedSum(let name, let path):
      let target = try Target(weightsOf: name, contentsOfNPYFile: path)
      return [PlannedTarget(target: target, label: target.description)]
    case .element(let name, let parts):
      if parts.count == 1, Target.index(parts[0]) == nil, let input = inputs.first(where: { $0.name == parts[0] }) {
        return try targets(of: name, wordByWord: input)
      }
      let words = try vocabulary(of: name)
      let place = try parts.enumerated().map { axis, part in
        if let index = Target.index(part) { return index }
        guard axis == parts.count - 1, let words else {
          throw Diagnostic.error(
            "“\(part)” in “\(text)” is no index.",
            hint: "Words can stand in the last place, where the card names a vocabulary: "
              + "`outputs: {\(name): {vocabulary: words.txt}}`.")
        }
        return try words.required(part)
      }
      let target = Target.element(of: name, at: place)
      let word = place.last.flatMap { words?.word(at: $0) }
      return [PlannedTarget(target: target, label: word ?? target.description)]
    }
  }

  /// For each word of an input the output at the place before it, at that word.
  private func targets(of name: String, wordByWord input: ResolvedInput) throws -> [PlannedTarget] {
    guard !input.words.isEmpty else {
      throw Diagnostic.error(
        "“\(name)[\(input.name)]” asks for each word of the input “\(input.name)”, which is given no text.",
        hint: "Give it a text, or name indices.")
    }
    return input.words.enumerated().map { place, word in
      PlannedTarget(target: .element(of: name, at: [place, word.index]), label: word.word)
    }
  }

  private func vocabulary(of output: String) throws -> WordList? {
    guard let file = outputs.first(where: { $0.name.value == output })?.vocabulary?.value else { return nil }
    return try WordList(contentsOfFile: path(file))
  }
}
