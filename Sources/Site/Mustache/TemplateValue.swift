/// What a name in a template stands for.
enum TemplateValue: Sendable {
  case text(String)
  case number(Int)
  case truth(Bool)
  case object(TemplateObject)
  case list([TemplateValue])
  /// The place of an element in the list that a section goes through, counted from 0.
  case position(index: Int, count: Int)
}

/// The fields of something that templates are filled with.
struct TemplateObject: Sendable {
  /// Few enough to be looked through one by one; one without a value is there all the same.
  var fields: [(name: String, value: TemplateValue?)] = []

  /// The value of a field: `nil` where there is no such field, `.some(nil)` where it has no value.
  func value(of name: String) -> TemplateValue?? { fields.first { $0.name == name }?.value }
}
