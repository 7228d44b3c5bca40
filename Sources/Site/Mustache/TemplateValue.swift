/// What a name in a template stands for.
enum TemplateValue {
  case text(String)
  case number(Int)
  case truth(Bool)
  case object(any TemplateObject)
  case list(TemplateList)
  /// The place of an element in the list that a section goes through, counted from 0.
  case position(index: Int, count: Int)
}

/// Elements of one kind, made when they are asked for.
struct TemplateList {
  let count: Int
  let element: (Int) -> TemplateValue
}

/// What sort of value a name stands for, known before there is one.
indirect enum TemplateKind: Sendable {
  case text, number, truth, position
  case object(any TemplateObject.Type)
  case list(TemplateKind)
}

/// Something whose fields templates can name.
protocol TemplateObject: Sendable {
  /// All fields by name.
  static var fields: [String: TemplateField<Self>] { get }
}

/// A field: its kind, and how it is had.
struct TemplateField<Owner>: Sendable {
  let kind: TemplateKind
  let value: @Sendable (Owner) -> TemplateValue?

  static func text(_ get: @escaping @Sendable (Owner) -> String?) -> Self {
    TemplateField(kind: .text) { get($0).map(TemplateValue.text) }
  }

  static func number(_ get: @escaping @Sendable (Owner) -> Int?) -> Self {
    TemplateField(kind: .number) { get($0).map(TemplateValue.number) }
  }

  static func truth(_ get: @escaping @Sendable (Owner) -> Bool) -> Self {
    TemplateField(kind: .truth) { .truth(get($0)) }
  }

  static func object<Value: TemplateObject>(_ get: @escaping @Sendable (Owner) -> Value?) -> Self {
    TemplateField(kind: .object(Value.self)) { get($0).map { .object($0) } }
  }

  static func list<Value: TemplateObject>(_ get: @escaping @Sendable (Owner) -> [Value]) -> Self {
    TemplateField(kind: .list(.object(Value.self))) { owner in
      let values = get(owner)
      return .list(TemplateList(count: values.count) { .object(values[$0]) })
    }
  }

  static func texts(_ get: @escaping @Sendable (Owner) -> [String]) -> Self {
    TemplateField(kind: .list(.text)) { owner in
      let values = get(owner)
      return .list(TemplateList(count: values.count) { .text(values[$0]) })
    }
  }
}

extension TemplateObject {
  /// The kind of a field; `nil` where there is none of that name.
  static func kind(of field: String) -> TemplateKind? { fields[field]?.kind }

  /// The names of all fields, sorted.
  static var fieldNames: [String] { fields.keys.sorted() }

  /// The value of a field: `nil` where there is no such field, `.some(nil)` where it has no value.
  func value(of field: String) -> TemplateValue?? { Self.fields[field].map { $0.value(self) } }
}
