import Diagnostics

extension ModelCard {
  /// What the card says of an input beside the picture.
  public struct FurtherInput: Hashable, Sendable {
    /// The input's name in the ONNX file.
    public var name: Located<String>
    /// The words that texts are made of, one a line: line n is index n − 1.
    public var vocabulary: Located<ContentFile>?
    /// How many words go in, where the ONNX file leaves that open.
    public var length: Int?
    /// The word before the first of every text.
    public var start: Located<String>?
    /// The word behind the last.
    public var end: Located<String>?
    /// The word that fills up what is left; `nil` for `<pad>`, or else the first of the vocabulary.
    public var padding: Located<String>?
    /// What it is given where a block gives nothing.
    public var value: Located<InputValue>?
  }

  /// What the card says of an output whose elements can be targets.
  public struct FurtherOutput: Hashable, Sendable {
    /// The output's name in the ONNX file.
    public var name: Located<String>
    /// The words that the places along its last axis stand for, one a line.
    public var vocabulary: Located<ContentFile>?
  }
}

extension YAMLMapping {
  /// `inputs:` of a card: a mapping for each name, or just the value that it is always given.
  mutating func cardInputs(_ context: SettingsContext) -> [ModelCard.FurtherInput] {
    tensors("inputs") { mapping, name, value in
      guard case .mapping = value.kind else {
        let value = mapping.inputValue(of: value, name.value, context)
        return value.map { ModelCard.FurtherInput(name: name, value: $0) }
      }
      var keys = YAMLMapping(value, ContentMapping.furtherInput.keys, at: name.location)
      let input = ModelCard.FurtherInput(
        name: name, vocabulary: keys.vocabulary(context),
        length: keys.integer("length", in: 1...10_000, "a whole number of words")?.value, start: keys.text("start"),
        end: keys.text("end"), padding: keys.text("padding"),
        value: keys.value("value").flatMap { keys.inputValue(of: $0, name.value, context) })
      mapping.report(keys.finish())
      return input
    }
  }

  /// `outputs:` of a card: a mapping for each name.
  mutating func cardOutputs(_ context: SettingsContext) -> [ModelCard.FurtherOutput] {
    tensors("outputs") { mapping, name, value in
      var keys = YAMLMapping(value, ContentMapping.furtherOutput.keys, at: name.location)
      let output = ModelCard.FurtherOutput(name: name, vocabulary: keys.vocabulary(context))
      mapping.report(keys.finish())
      return output
    }
  }

  private mutating func tensors<Tensor>(
    _ key: String, _ read: (inout YAMLMapping, Located<String>, YAMLValue) -> Tensor?
  ) -> [Tensor] {
    guard var mapping = mapping(key, YAMLKeys(of: "“\(key)”", [])) else { return [] }
    let found = mapping.allPairs().compactMap { read(&mapping, $0, $1) }
    report(mapping.finish())
    return found
  }

  private mutating func vocabulary(_ context: SettingsContext) -> Located<ContentFile>? {
    guard let path = text("vocabulary") else { return nil }
    return attempt { () throws(Diagnostic) in
      Located(try context.folder.find(path, in: [context.directory], as: "vocabulary"), at: path.location)
    }
  }
}
