import Diagnostics

/// A parsed Mustache template.
struct Template: Sendable {
  /// The name under which others include it.
  let name: String
  /// What it consists of.
  let nodes: [TemplateNode]

  /// Sections, blocks and inclusions within each other that any template may have.
  static let deepest = 100
  /// How names begin that mean texts of the interface and no templates.
  static let stringPrefix = "strings."
}

/// A piece of a template.
indirect enum TemplateNode: Sendable {
  /// Text as it stands.
  case text(String)
  /// `{{name}}`, or `{{{name}}}` and `{{&name}}` where it is not escaped.
  case variable(TemplateName, isEscaped: Bool)
  /// `{{> strings.name}}`: the text of this name in the language of the page.
  case string(name: String, SourceLocation)
  /// `{{#name}}…{{/name}}`, or `{{^name}}…{{/name}}` where it is inverted.
  case section(TemplateName, isInverted: Bool, [TemplateNode])
  /// `{{> name}}` or `{{< name}}…{{/name}}`.
  case inclusion(TemplateInclusion)
  /// `{{$name}}…{{/name}}`: what stands inside is the default.
  case block(name: String, TemplateBlock)
}

/// A name in a tag: `page.title`, `.url`, `.`, `empty(tags)`, `first()`.
struct TemplateName: Sendable {
  /// As written.
  let text: String
  /// Whether it begins with a point: then only the innermost value is asked.
  let isOwn: Bool
  /// The names between points.
  let parts: [String]
  /// What is done with the value, the last first.
  let transforms: [String]
  /// Where the tag begins.
  let location: SourceLocation
}

extension TemplateName {
  /// The name of a value that a text of the interface has a place for.
  init(placeholder name: String, at location: SourceLocation) {
    self.init(
      text: name, isOwn: false, parts: name.split(separator: ".").map(String.init), transforms: [], location: location)
  }
}

/// A template in the place of a tag.
struct TemplateInclusion: Sendable {
  enum Source: Sendable {
    /// The template of this name.
    case named(String)
    /// The template whose name is the value: `{{>*name}}`.
    case valueOf(TemplateName)
  }

  let source: Source
  /// Where the tag begins.
  let location: SourceLocation
  /// What stands before every line of the included template.
  let indentation: String
  /// What the included template's blocks are replaced by.
  let blocks: [String: TemplateBlock]
}

/// What stands in a block.
struct TemplateBlock: Sendable {
  let nodes: [TemplateNode]
  /// Where its tag begins.
  let location: SourceLocation
}

extension [TemplateNode] {
  /// Every inclusion in these nodes, in reading order.
  var inclusions: [TemplateInclusion] {
    flatMap { node -> [TemplateInclusion] in
      switch node {
      case .text, .variable, .string: []
      case .section(_, _, let nodes): nodes.inclusions
      case .block(_, let block): block.nodes.inclusions
      case .inclusion(let inclusion):
        [inclusion]
          + inclusion.blocks.values.sorted { $0.location < $1.location }.flatMap { $0.nodes.inclusions }
      }
    }
  }
}
