/// Something that templates are filled with: they can name its stored properties.
///
/// A field is declared once, as a property whose type is a `TemplateField` or optional. What the compiler makes for `Codable`
/// tells its value (`TemplateEncoder`), and its name and kind before there is any value (`TemplateFieldFinder`).
protocol TemplateView: TemplateField {}

/// A type that the fields of templates can have.
protocol TemplateField: Codable, Sendable {
  /// What sort of value it is to templates.
  static var templateKind: TemplateKind { get }
}

/// What sort of value a name stands for, known before there is one.
indirect enum TemplateKind: Sendable {
  case text, number, truth, position
  case object(any TemplateView.Type)
  case list(TemplateKind)
}

extension TemplateView {
  static var templateKind: TemplateKind { .object(Self.self) }
}

extension String: TemplateField {
  static var templateKind: TemplateKind { .text }
}

extension Int: TemplateField {
  static var templateKind: TemplateKind { .number }
}

extension Bool: TemplateField {
  static var templateKind: TemplateKind { .truth }
}

extension Array: TemplateField where Element: TemplateField {
  static var templateKind: TemplateKind { .list(Element.templateKind) }
}
