/// Makes of a view what templates read.
final class TemplateEncoder: Encoder {
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any]
  fileprivate var object: TemplateObject?
  fileprivate var elements: [TemplateValue]?
  fileprivate var single: TemplateValue?

  private init(_ userInfo: [CodingUserInfoKey: Any]) {
    self.userInfo = userInfo
  }

  /// The value of `view`; what is no `TemplateField` has none.
  ///
  /// - Parameter userInfo: what fields need to know to become text.
  static func value(of view: some Encodable, userInfo: [CodingUserInfoKey: Any] = [:]) -> TemplateValue? {
    let encoder = TemplateEncoder(userInfo)
    // Containers here take everything, and leave out what templates cannot show.
    try? view.encode(to: encoder)
    return encoder.object.map(TemplateValue.object) ?? encoder.elements.map(TemplateValue.list) ?? encoder.single
  }

  fileprivate func value(of view: some Encodable) -> TemplateValue? { Self.value(of: view, userInfo: userInfo) }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if object == nil { object = TemplateObject() }
    return KeyedEncodingContainer(TemplateObjectContainer(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if elements == nil { elements = [] }
    return TemplateListContainer(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { TemplateTextContainer(encoder: self) }
}

/// Takes the fields of an object.
private struct TemplateObjectContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoder: TemplateEncoder
  var codingPath: [any CodingKey] { [] }

  private func add(_ value: TemplateValue?, _ key: Key) { encoder.object?.fields.append((key.stringValue, value)) }

  func encodeNil(forKey key: Key) { add(nil, key) }
  func encode(_ value: String, forKey key: Key) { add(.text(value), key) }
  func encode(_ value: Int, forKey key: Key) { add(.number(value), key) }
  func encode(_ value: Bool, forKey key: Key) { add(.truth(value), key) }
  func encode(_ value: some Encodable, forKey key: Key) { add(encoder.value(of: value), key) }

  // A field without a value hides what has its name further out.
  func encodeIfPresent(_ value: String?, forKey key: Key) { add(value.map(TemplateValue.text), key) }
  func encodeIfPresent(_ value: Int?, forKey key: Key) { add(value.map(TemplateValue.number), key) }
  func encodeIfPresent(_ value: Bool?, forKey key: Key) { add(value.map(TemplateValue.truth), key) }
  func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) { add(value.flatMap(encoder.value), key) }

  // Views are plain properties; only code written by hand would ask for these.
  func nestedContainer<Nested>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
    encoder.container(keyedBy: type)
  }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { encoder.unkeyedContainer() }
  func superEncoder() -> any Encoder { encoder }
  func superEncoder(forKey key: Key) -> any Encoder { encoder }
}

/// Takes the elements of a list.
private struct TemplateListContainer: UnkeyedEncodingContainer {
  let encoder: TemplateEncoder
  var codingPath: [any CodingKey] { [] }
  var count: Int { encoder.elements?.count ?? 0 }

  func encodeNil() {}
  func encode(_ value: some Encodable) {
    if let value = encoder.value(of: value) { encoder.elements?.append(value) }
  }

  func nestedContainer<Nested>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    encoder.container(keyedBy: type)
  }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }
  func superEncoder() -> any Encoder { encoder }
}

/// Takes what stands alone.
private struct TemplateTextContainer: SingleValueEncodingContainer {
  let encoder: TemplateEncoder
  var codingPath: [any CodingKey] { [] }

  func encodeNil() {}
  func encode(_ value: String) { encoder.single = .text(value) }
  func encode(_ value: Int) { encoder.single = .number(value) }
  func encode(_ value: Bool) { encoder.single = .truth(value) }
  func encode(_ value: some Encodable) {}
}
