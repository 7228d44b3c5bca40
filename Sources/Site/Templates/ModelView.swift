/// What a model's page tells of the network itself, beyond its card.
public struct ModelView: Sendable {
  /// Lines for the table.
  public var facts: [FactView]
  /// The layers that can be explained, in the order in which they are computed.
  public var layers: [LayerView]

  /// Creates a view.
  public init(facts: [FactView], layers: [LayerView] = []) {
    self.facts = facts
    self.layers = layers
  }
}

/// One line of a model page's table.
public struct FactView: Sendable, TemplateView {
  /// What is told.
  public var name: String
  /// Its value.
  public var value: String

  /// Creates a fact.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// One layer in a model page's list.
public struct LayerView: Sendable, TemplateView {
  /// Its name, as `layer:` takes it.
  let name: String
  /// What computes it, such as `Conv`.
  let operatorType: String
  /// Channels, height and width of its maps.
  let shape: String
  /// Whether it is looked at where nothing else is said.
  let isDefault: Bool

  /// Creates a layer.
  ///
  /// - Parameter shape: channels, height and width of its maps.
  public init(name: String, operatorType: String, shape: [Int], isDefault: Bool = false) {
    self.name = name
    self.operatorType = operatorType
    self.shape = NumberText.sides(shape)
    self.isDefault = isDefault
  }
}
