extension TemplateView {
  /// The kinds of all fields by their names.
  static var templateFields: [String: TemplateKind] {
    let finder = TemplateFieldFinder()
    _ = try? Self(from: finder)
    return finder.fields
  }
}

/// Decodes a view from nothing, and so learns what its properties are called and of which types they are.
///
/// It needs no view: a list that is empty on every page of a site has elements with fields all the same.
private final class TemplateFieldFinder: Decoder {
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]
  var fields: [String: TemplateKind] = [:]

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Fields(finder: self))
  }
  func unkeyedContainer() -> any UnkeyedDecodingContainer { NoElements() }
  func singleValueContainer() -> any SingleValueDecodingContainer { AnyValue() }

  /// Notes each field that is asked for, and gives any value.
  private struct Fields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let finder: TemplateFieldFinder
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) -> Bool { false }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
      finder.fields[key.stringValue] = (type as? any TemplateField.Type)?.templateKind
      return try Value(from: TemplateFieldFinder())
    }

    func nestedContainer<Nested>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedDecodingContainer<Nested> {
      finder.container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer { NoElements() }
    func superDecoder() -> any Decoder { finder }
    func superDecoder(forKey key: Key) -> any Decoder { finder }
  }

  /// An empty list: the type of elements is known without one.
  private struct NoElements: UnkeyedDecodingContainer {
    var codingPath: [any CodingKey] { [] }
    var count: Int? { 0 }
    var isAtEnd: Bool { true }
    var currentIndex: Int { 0 }

    func decodeNil() -> Bool { true }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: TemplateFieldFinder()) }
    func nestedContainer<Nested>(keyedBy type: Nested.Type) -> KeyedDecodingContainer<Nested> {
      TemplateFieldFinder().container(keyedBy: type)
    }
    func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer { self }
    func superDecoder() -> any Decoder { TemplateFieldFinder() }
  }

  /// A value of each type that a field can have.
  private struct AnyValue: SingleValueDecodingContainer {
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { false }
    func decode(_ type: String.Type) -> String { "" }
    func decode(_ type: Int.Type) -> Int { 0 }
    func decode(_ type: Bool.Type) -> Bool { false }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      throw DecodingError.typeMismatch(
        type, DecodingError.Context(codingPath: [], debugDescription: "Templates cannot show it."))
    }
  }
}
