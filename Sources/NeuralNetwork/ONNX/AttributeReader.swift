import Diagnostics

/// The attributes of one node, each read by name and type.
///
/// A getter that fails names the node, the operator and the attribute. What nobody read is an error too
/// (``finish()``): an attribute that we do not know may change the result.
struct AttributeReader {
  /// How messages name the node: `node “conv1” (Conv)`.
  let label: String
  private var attributes: [String: ONNXAttribute]
  private var unread: Set<String>

  init(_ node: ONNXNode) {
    label = node.label
    attributes = Dictionary(node.attributes.map { ($0.name, $0) }) { first, _ in first }
    unread = Set(attributes.keys)
  }

  mutating func integer(_ name: String, default value: Int) throws -> Int {
    try optionalInteger(name) ?? value
  }

  mutating func optionalInteger(_ name: String) throws -> Int? {
    guard let attribute = take(name) else { return nil }
    guard let value = attribute.integer else { throw wrongType(name, "an integer") }
    return Int(value)
  }

  mutating func flag(_ name: String, default value: Bool = false) throws -> Bool {
    try integer(name, default: value ? 1 : 0) != 0
  }

  mutating func integers(_ name: String) throws -> [Int]? {
    guard let attribute = take(name) else { return nil }
    guard attribute.isList, attribute.floats.isEmpty, attribute.strings.isEmpty else {
      throw wrongType(name, "a list of integers")
    }
    return attribute.integers.map { Int($0) }
  }

  mutating func float(_ name: String, default value: Float) throws -> Float {
    try optionalFloat(name) ?? value
  }

  mutating func optionalFloat(_ name: String) throws -> Float? {
    guard let attribute = take(name) else { return nil }
    guard let value = attribute.float else { throw wrongType(name, "a number") }
    return value
  }

  mutating func floats(_ name: String) throws -> [Float]? {
    guard let attribute = take(name) else { return nil }
    guard attribute.isList, attribute.integers.isEmpty, attribute.strings.isEmpty else {
      throw wrongType(name, "a list of numbers")
    }
    return attribute.floats
  }

  mutating func string(_ name: String, default value: String) throws -> String {
    guard let attribute = take(name) else { return value }
    guard let value = attribute.string else { throw wrongType(name, "a string") }
    return value
  }

  mutating func strings(_ name: String) throws -> [String]? {
    guard let attribute = take(name) else { return nil }
    guard attribute.isList, attribute.floats.isEmpty, attribute.integers.isEmpty else {
      throw wrongType(name, "a list of strings")
    }
    return attribute.strings
  }

  mutating func tensor(_ name: String) throws -> ONNXTensor? {
    guard let attribute = take(name) else { return nil }
    guard let value = attribute.tensor else { throw wrongType(name, "a tensor") }
    return value
  }

  /// Marks attributes that cannot change an inference result as read.
  mutating func ignore(_ names: String...) {
    unread.subtract(names)
  }

  /// The attributes that nobody has read yet, all read now: they belong to another operator.
  mutating func rest() -> [ONNXAttribute] {
    defer { unread = [] }
    return unread.sorted().compactMap { attributes[$0] }
  }

  /// Throws if an attribute is left that no getter asked for.
  func finish() throws {
    guard let name = unread.sorted().first else { return }
    throw Diagnostic.error("\(label) has an attribute “\(name)”, which is not known for this operator.")
  }

  private mutating func take(_ name: String) -> ONNXAttribute? {
    unread.remove(name)
    return attributes[name]
  }

  private func wrongType(_ name: String, _ expected: String) -> Diagnostic {
    .error("\(label): attribute “\(name)” is not \(expected).")
  }
}

extension ONNXNode {
  /// How messages name the node; many exporters give nodes no name, but every tensor has one.
  var label: String { "node “\(displayName)” (\(operatorType))" }

  /// The node's name, or its first output's where it has none.
  var displayName: String { name.isEmpty ? outputs.first ?? "?" : name }
}
