/// What one of a network's inputs beside the picture is given.
public enum InputValue: Hashable, Sendable {
  /// A text, whose words are looked up in the vocabulary that the model card names.
  case text(String)
  /// Numbers in row-major order; a single one fills the whole input.
  case numbers([Double])
  /// A `.npy` file.
  case file(ContentFile)
}

/// The values that a block gives to an input, each to be explained.
public struct InputChoice: Hashable, Sendable {
  /// The input's name.
  public var name: Located<String>
  /// The values, in the order written; never empty.
  public var values: [Located<InputValue>]

  /// Creates a choice.
  public init(name: Located<String>, values: [Located<InputValue>]) {
    self.name = name
    self.values = values
  }

  /// Every way to give each input one of its values; the later inputs change faster.
  static func combinations(of choices: [InputChoice]) -> [[GivenInput]] {
    choices.reduce([[]]) { combinations, choice in
      combinations.flatMap { given in choice.values.map { given + [GivenInput(name: choice.name, value: $0)] } }
    }
  }
}

/// An input with what it is given.
public struct GivenInput: Hashable, Sendable {
  /// The input's name.
  public var name: Located<String>
  /// What it is given.
  public var value: Located<InputValue>

  /// Creates an input with its value.
  public init(name: Located<String>, value: Located<InputValue>) {
    self.name = name
    self.value = value
  }
}
