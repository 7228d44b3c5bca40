import Diagnostics

/// Fills a template with a value, into UTF-8 bytes.
///
/// However templates include each other, the depth, the size of what comes out and the work for it have a bound.
struct TemplateRenderer {
  /// Bytes of one page. No browser shows a larger one with joy.
  private static let largest = 64 << 20
  /// Nodes of templates that one page may take.
  private static let mostSteps = 4_000_000

  private let templates: [String: Template]
  private let strings: Strings
  private(set) var output: [UInt8] = []
  private var stack: [TemplateValue]
  private var position: (index: Int, count: Int)?
  private var blocks: [String: TemplateBlock] = [:]
  private var indentation = ""
  private var isAtLineStart = true
  private var depth = 0
  private var steps = 0

  /// - Parameter strings: the words of the interface, in the page’s language.
  init(_ templates: [String: Template], _ value: TemplateValue, _ strings: Strings) {
    self.templates = templates
    self.strings = strings
    stack = [value]
  }

  /// Renders these nodes after what is there.
  ///
  /// - Throws: a diagnostic at the tag with which the page grows beyond bounds.
  mutating func render(_ nodes: [TemplateNode]) throws(Diagnostic) {
    for node in nodes {
      switch node {
      case .text(let text): append(text)
      case .variable(let name, let isEscaped):
        try count(at: name.location)
        write(name, isEscaped: isEscaped)
      case .string(let name, let place):
        try count(at: place)
        for part in strings.text(name)?.parts ?? [] { write(part, at: place) }
      case .section(let name, let isInverted, let nodes):
        try count(at: name.location)
        try section(value(of: name), isInverted, nodes, at: name.location)
      case .block(let name, let block):
        try count(at: block.location)
        try nested(at: block.location) { renderer throws(Diagnostic) in
          try renderer.render(renderer.blocks[name]?.nodes ?? block.nodes)
        }
      case .inclusion(let inclusion):
        try count(at: inclusion.location)
        try include(inclusion)
      }
    }
  }

  // MARK: - Sections and inclusions

  private mutating func section(
    _ value: TemplateValue?, _ isInverted: Bool, _ nodes: [TemplateNode], at place: SourceLocation
  ) throws(Diagnostic) {
    let isThere: Bool
    switch value {
    case nil, .truth(false)?: isThere = false
    case .list(let list)?: isThere = !list.isEmpty
    default: isThere = true
    }
    guard isThere != isInverted else { return }
    try nested(at: place) { renderer throws(Diagnostic) in
      guard !isInverted, let value else { return try renderer.render(nodes) }
      switch value {
      case .truth, .position: try renderer.render(nodes)
      case .list(let list):
        for (index, element) in list.enumerated() {
          try renderer.count(at: place)
          try renderer.with(element, at: (index, list.count), nodes)
        }
      case .text, .number, .object: try renderer.with(value, at: nil, nodes)
      }
    }
  }

  private mutating func with(
    _ value: TemplateValue, at place: (index: Int, count: Int)?, _ nodes: [TemplateNode]
  ) throws(Diagnostic) {
    let outer = position
    position = place
    stack.append(value)
    try render(nodes)
    stack.removeLast()
    position = outer
  }

  private mutating func include(_ inclusion: TemplateInclusion) throws(Diagnostic) {
    let name: String
    switch inclusion.source {
    case .named(let fixed): name = fixed
    case .valueOf(let variable):
      // A name that has no value includes nothing, as a section without value shows nothing.
      guard case .text(let text)? = value(of: variable) else { return }
      name = text
    }
    guard let template = templates[name] else {
      throw .error(
        "There is no template “\(name)”.", at: inclusion.location,
        hint: Suggestion.hint(for: name, in: templates.keys.sorted()))
    }
    let (outerBlocks, outerIndentation, outerPosition) = (blocks, indentation, position)
    // Whoever includes has the last word, and whoever includes that.
    if !inclusion.blocks.isEmpty { blocks.merge(inclusion.blocks) { outer, _ in outer } }
    indentation += inclusion.indentation
    isAtLineStart = isAtLineStart || !inclusion.indentation.isEmpty
    position = nil
    try nested(at: inclusion.location) { renderer throws(Diagnostic) in try renderer.render(template.nodes) }
    (blocks, indentation, position) = (outerBlocks, outerIndentation, outerPosition)
  }

  private mutating func nested(
    at place: SourceLocation, _ body: (inout TemplateRenderer) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    guard depth < Template.deepest else {
      throw .error(
        "Templates are nested deeper than \(Template.deepest) here.", at: place,
        hint: "Does one include itself, by a block or by a name that is a value?")
    }
    depth += 1
    try body(&self)
    depth -= 1
  }

  /// Notes a step, and stops a page that has no end.
  private mutating func count(at place: SourceLocation) throws(Diagnostic) {
    steps += 1
    guard output.count <= Self.largest else {
      throw .error(
        "The page grows beyond \(Self.largest >> 20) MiB here.", at: place, hint: "Do templates include others twice?")
    }
    guard steps <= Self.mostSteps else {
      throw .error(
        "The page takes more than \(Self.mostSteps / 1_000_000) million steps.", at: place,
        hint: "Do templates include others twice?")
    }
  }

  // MARK: - Values

  private func value(of name: TemplateName) -> TemplateValue? {
    var value = found(name)
    for transform in name.transforms.reversed() {
      guard let known = value else { return nil }
      value = TemplateTransform(rawValue: transform)?.apply(to: known)
    }
    return value
  }

  private func found(_ name: TemplateName) -> TemplateValue? {
    guard let first = name.parts.first else {
      return name.isOwn ? stack.last : position.map { .position(index: $0.index, count: $0.count) }
    }
    var value = (name.isOwn ? stack.suffix(1) : stack[...]).field(first)
    for part in name.parts.dropFirst() {
      guard case .object(let object)? = value, let field = object.value(of: part) else { return nil }
      value = field
    }
    return value
  }

  // MARK: - Output

  private mutating func write(_ name: TemplateName, isEscaped: Bool) {
    switch value(of: name) {
    case .text(let text)?:
      indent()
      if isEscaped { MarkupText.appendEscaped(text, to: &output) } else { output += text.utf8 }
    case .number(let number)?:
      indent()
      output += String(number).utf8
    case .truth(let truth)?:
      indent()
      output += (truth ? "true" : "false").utf8
    case .object?, .list?, .position?, nil: break
    }
  }

  /// Writes a piece of a text of the interface: it is words, and no markup.
  private mutating func write(_ part: StringText.Part, at place: SourceLocation) {
    switch part {
    case .words(let words):
      indent()
      MarkupText.appendEscaped(words, to: &output)
    case .placeholder(let name): write(TemplateName(placeholder: name, at: place), isEscaped: true)
    }
  }

  private mutating func append(_ text: String) {
    guard !indentation.isEmpty else { return output += text.utf8 }
    var rest = text.utf8[...]
    while let first = rest.first {
      if first != UInt8(ascii: "\n") { indent() }
      let end = rest.firstIndex(of: UInt8(ascii: "\n")).map(rest.index(after:)) ?? rest.endIndex
      output += rest[..<end]
      isAtLineStart = end != rest.endIndex || text.utf8.last == UInt8(ascii: "\n")
      rest = rest[end...]
    }
  }

  private mutating func indent() {
    if isAtLineStart, !indentation.isEmpty { output += indentation.utf8 }
    isAtLineStart = false
  }
}

extension ArraySlice<TemplateValue> {
  /// The field of the innermost object that has one of this name, though it may have no value.
  fileprivate func field(_ name: String) -> TemplateValue? {
    for case .object(let object) in reversed() {
      if let field = object.value(of: name) { return field }
    }
    return nil
  }
}
