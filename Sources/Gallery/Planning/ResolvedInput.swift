import Diagnostics
import NeuralNetwork
import Saliency
import Site

/// An input beside the picture with the very numbers that it is given.
struct ResolvedInput: Hashable, Sendable {
  let name: String
  let tensor: Tensor
  /// What readers see of it: the text, the numbers or the file's name.
  let text: String
  /// The words that follow the first place, with their indices, in order; empty for what is no text.
  let words: [(word: String, index: Int)]

  static func == (a: ResolvedInput, b: ResolvedInput) -> Bool { a.name == b.name && a.tensor == b.tensor }

  func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(tensor)
  }
}

/// Turns what a writer gives to a network's inputs into tensors.
struct InputResolver {
  /// Where an input can be given something: what messages advise.
  enum Place {
    case block, commandLine, card
  }

  /// How messages call the network.
  let modelName: String
  /// What the card says of the inputs.
  let inputs: [ModelCard.FurtherInput]
  /// What the ONNX file says.
  let stated: [StatedInput]
  /// Turns a content file into a path that can be opened.
  let path: (ContentFile) -> String
  /// Where they are given something.
  var place = Place.block

  /// What each input is given: by `given`, or else by the card.
  ///
  /// - Throws: `DiagnosticList` with every fault; those of values at their places, the others without one.
  func resolve(_ given: [GivenInput]) throws -> [ResolvedInput] {
    var faults = DiagnosticList()
    let cards = inputs.compactMap { input in
      input.value.map { GivenInput(name: input.name, value: $0) }
    }
    let all = given + cards.filter { card in !given.contains { $0.name.value == card.name.value } }
    let resolved = try all.compactMap { input in
      try faults.collect(at: input.value.location) { try resolve(input.value.value, for: input.name.value) }
    }
    for input in inputs where !all.contains(where: { $0.name.value == input.name.value }) {
      let name = input.name.value
      let shown = stated.first { $0.name == name }?.description ?? "“\(name)”"
      faults.append(
        .error(
          "the input \(shown) of \(modelName) is given nothing.",
          hint: advice(for: name, takesText: input.vocabulary != nil)))
    }
    try faults.throwIfErrors()
    return resolved
  }

  private func advice(for name: String, takesText: Bool) -> String {
    switch place {
    case .block: "Add `inputs:` with `\(name): \(takesText ? "a text" : "array.npy")`."
    case .commandLine: "Add --input \(name)=\(takesText ? "TEXT" : "FILE.npy")."
    case .card: "Give it a `value:` under `inputs:` in the card: what it is always given."
    }
  }

  /// The card's inputs as they are known without any block: with what the card gives them, and open else.
  func defaults() throws -> [String: FurtherInput] {
    var result: [String: FurtherInput] = [:]
    var faults = DiagnosticList()
    for input in inputs {
      let name = input.name.value
      result[name] = try faults.collect(at: input.value?.location ?? input.name.location) {
        if let value = input.value { return .tensor(try resolve(value.value, for: name).tensor) }
        return .shape(try shape(of: name))
      }
    }
    try faults.throwIfErrors()
    return result
  }

  private func resolve(_ value: InputValue, for name: String) throws -> ResolvedInput {
    switch value {
    case .file(let file):
      return ResolvedInput(
        name: name, tensor: try Tensor(contentsOfNPYFile: path(file)), text: file.name, words: [])
    case .numbers(let numbers):
      let shape = try shape(of: name)
      let count = shape.reduce(1, *)
      guard numbers.count == count || numbers.count == 1 else {
        throw Diagnostic.error(
          "the input “\(name)” takes \(shape.shapeText), \(count) numbers, and was given \(numbers.count).")
      }
      let values = numbers.count == 1 ? Array(repeating: numbers[0], count: count) : numbers
      return ResolvedInput(
        name: name, tensor: Tensor(shape: shape, values.map { Float($0) }),
        text: numbers.map { "\(Float($0))" }.joined(separator: ", "), words: [])
    case .text(let text): return try words(text, for: name)
    }
  }

  /// The shape of an input by the ONNX file, a batch that it leaves open being one.
  private func shape(of name: String) throws(Diagnostic) -> [Int] {
    guard let input = stated.first(where: { $0.name == name }) else {
      throw .error("the model has no input “\(name)”.", hint: Suggestion.hint(for: name, in: stated.map(\.name)))
    }
    let length = inputs.first { $0.name.value == name }?.length
    let shape = input.shape?.enumerated().map { axis, size in size ?? (axis == 0 ? 1 : length) }
    guard let shape, let known = shape as? [Int] else {
      throw .error(
        "\(input.description) leaves its shape open.",
        hint: "Give it a .npy file, or say how many words go in with `length:` in the model card.")
    }
    return known
  }

  private func words(_ text: String, for name: String) throws -> ResolvedInput {
    guard let input = inputs.first(where: { $0.name.value == name }), let file = input.vocabulary?.value else {
      throw Diagnostic.error(
        "the input “\(name)” is given a text, and the card of \(modelName) names no vocabulary for it.",
        hint: "Add `inputs: {\(name): {vocabulary: words.txt}}` to the card, or give it numbers or a .npy file.")
    }
    let list = try WordList(contentsOfFile: path(file))
    let start = try input.start.map { word in try list.required(word.value) }
    let end = try input.end.map { word in try list.required(word.value) }
    let words = try list.indices(ofText: text) + (end.map { [$0] } ?? [])
    let padding = try input.padding.map { word in try list.required(word.value) } ?? list.index(of: "<pad>") ?? 0
    var shape = try shape(of: name)
    let indices = (start.map { [$0] } ?? []) + words
    guard let length = shape.last, shape.dropLast().allSatisfy({ $0 == 1 }) else {
      throw Diagnostic.error(
        "the input “\(name)” takes \(shape.shapeText), which is no row of words.", hint: "Give it a .npy file.")
    }
    // The last word that a network writes need not be read by it.
    let read = end != nil && indices.count == length + 1 ? Array(indices.dropLast()) : indices
    guard read.count <= length else {
      throw Diagnostic.error(
        "the text has \(read.count) words, and the input “\(name)” takes \(length): “\(text)”.",
        hint: "Make it shorter.")
    }
    shape[shape.count - 1] = length
    let values = read + Array(repeating: padding, count: length - read.count)
    return ResolvedInput(
      name: name, tensor: Tensor(shape: shape, values.map { Float($0) }), text: text,
      words: (start == nil ? Array(words.dropFirst()) : words).map { (list.words[$0], $0) })
  }
}
