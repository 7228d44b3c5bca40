import Diagnostics

/// Walks through templates as rendering would, with kinds in the place of values, to find names that mean nothing.
///
/// A template may be included from several places; a name in it is a fault only where it means nothing in any of them.
struct TemplateCheck {
  private let templates: [String: Template]
  private var known: Set<SourceLocation> = []
  private var unknown: [SourceLocation: Diagnostic] = [:]
  private var faults: [Diagnostic] = []
  private var visited: Set<String> = []
  /// The blocks that are being walked through.
  private var openBlocks: [SourceLocation] = []
  private var depth = 0
  private let fields = KnownFields()

  init(_ templates: [String: Template]) {
    self.templates = templates
  }

  /// The faults of the names in the templates that `roots` lists, and in those which they include.
  static func faults(
    of templates: [String: Template], roots: [(name: String, object: any TemplateView.Type)]
  ) -> [Diagnostic] {
    var check = TemplateCheck(templates)
    for root in roots {
      guard let template = templates[root.name] else { continue }
      check.walk(template.nodes, Scope(stack: [.object(root.object)]))
    }
    let unknown = check.unknown.filter { !check.known.contains($0.key) }.map(\.value)
    return check.faults + unknown
  }

  /// What is known at a place of a template.
  private struct Scope {
    var stack: [TemplateKind]
    var isInList = false
    var blocks: [String: TemplateBlock] = [:]

    /// The same for scopes in which the same names mean the same.
    var signature: String {
      let blocks = blocks.map { "\($0)@\($1.location)" }.sorted()
      return "\(stack.map { "\($0)" }) \(isInList) \(blocks)"
    }
  }

  // MARK: - The walk

  private mutating func walk(_ nodes: [TemplateNode], _ scope: Scope) {
    // Rendering goes no deeper; it says so where content leads there.
    guard depth < Template.deepest else { return }
    depth += 1
    defer { depth -= 1 }
    for node in nodes {
      switch node {
      case .text: break
      case .variable(let name, _):
        if let kind = kind(of: name, scope), let what = Self.unwritable(kind) {
          faults.append(
            .error(
              "“\(name.text)” is \(what) and cannot be written out.", at: name.location,
              hint: "Open it: `{{#\(name.text)}}…{{/\(name.text)}}`."))
        }
      case .section(let name, let isInverted, let nodes):
        guard let kind = kind(of: name, scope) else { continue }
        walk(nodes, isInverted ? scope : inner(kind, scope))
      case .string(let name, let place): check(string: name, at: place, scope)
      case .block(let name, let block): walk(block: scope.blocks[name] ?? block, name, scope)
      case .inclusion(let inclusion): walk(inclusion, scope)
      }
    }
  }

  private func inner(_ kind: TemplateKind, _ scope: Scope) -> Scope {
    var scope = scope
    switch kind {
    case .truth, .position: break
    case .list(let element):
      scope.stack.append(element)
      scope.isInList = true
    case .text, .number, .object:
      scope.stack.append(kind)
      scope.isInList = false
    }
    return scope
  }

  private mutating func walk(block: TemplateBlock, _ name: String, _ scope: Scope) {
    guard !openBlocks.contains(block.location) else {
      faults.append(.error("The block “\(name)” contains itself.", at: block.location))
      return
    }
    openBlocks.append(block.location)
    walk(block.nodes, scope)
    openBlocks.removeLast()
  }

  private mutating func walk(_ inclusion: TemplateInclusion, _ scope: Scope) {
    switch inclusion.source {
    case .valueOf(let name): _ = kind(of: name, scope)
    case .named(let name):
      var scope = scope
      scope.blocks.merge(inclusion.blocks) { outer, _ in outer }
      scope.isInList = false
      guard let template = templates[name],
        visited.insert("\(name) \(openBlocks) \(scope.signature)").inserted
      else { return }
      walk(template.nodes, scope)
    }
  }

  // MARK: - Names

  /// Whether there is such a text, and all that it has places for.
  private mutating func check(string name: String, at place: SourceLocation, _ scope: Scope) {
    guard let text = Strings.english.text(name) else {
      unknown[place] = .error(
        "There is no text “\(name)”.", at: place,
        hint: Suggestion.hint(for: name, in: StringFile.english.keys.sorted()))
      return
    }
    let missing = text.placeholders.sorted().first { value in
      found(TemplateName(placeholder: value, at: place), scope).map { Self.unwritable($0) != nil } ?? true
    }
    guard let missing else { return _ = known.insert(place) }
    unknown[place] = .error(
      "The text “\(name)” needs a value “\(missing)”, which there is none of here.", at: place,
      hint: "Put the tag where “\(missing)” means something, or use another text.")
  }

  /// The kind of what `name` stands for; `nil` where it means nothing, which is noted.
  private mutating func kind(of name: TemplateName, _ scope: Scope) -> TemplateKind? {
    guard var kind = found(name, scope) else {
      if unknown[name.location] == nil {
        unknown[name.location] = .error(
          "“\(name.text)” means nothing here.", at: name.location, hint: hint(for: name, scope))
      }
      return nil
    }
    for transform in name.transforms.reversed() {
      guard let next = TemplateTransform(rawValue: transform)?.kind(for: kind) else {
        unknown[name.location] = .error(
          "“\(transform)” cannot be applied in “\(name.text)”.", at: name.location,
          hint: Suggestion.hint(for: transform, in: Self.transforms(for: kind)))
        return nil
      }
      kind = next
    }
    known.insert(name.location)
    return kind
  }

  private static func transforms(for kind: TemplateKind) -> [String] {
    TemplateTransform.allCases.filter { $0.kind(for: kind) != nil }.map(\.rawValue)
  }

  private func found(_ name: TemplateName, _ scope: Scope) -> TemplateKind? {
    guard let first = name.parts.first else {
      return name.isOwn ? scope.stack.last : scope.isInList ? .position : nil
    }
    var kind: TemplateKind?
    for object in name.isOwn ? scope.stack.suffix(1) : scope.stack[...] {
      if case .object(let type) = object, let field = fields.of(type)[first] { kind = field }
    }
    for part in name.parts.dropFirst() {
      guard case .object(let type)? = kind else { return nil }
      kind = fields.of(type)[part]
    }
    return kind
  }

  /// The nearest name that means something.
  private func hint(for name: TemplateName, _ scope: Scope) -> String? {
    var prefix: [String] = []
    var names: [String] = []
    for object in name.isOwn ? scope.stack.suffix(1) : scope.stack[...] {
      if case .object(let type) = object { names += fields.of(type).keys.sorted() }
    }
    // As far as the name is right, it stays.
    for part in name.parts {
      let partial = TemplateName(
        text: "", isOwn: name.isOwn, parts: prefix + [part], transforms: [], location: name.location)
      guard let kind = found(partial, scope) else {
        let found = Suggestion.nearest(to: part, in: names)
        let start = (name.isOwn ? "." : "") + prefix.map { $0 + "." }.joined()
        return found.map { "Did you mean “\(start)\($0)”?" }
          ?? (names.isEmpty ? nil : "Its names are: \(names.uniqued().sorted().joined(separator: ", ")).")
      }
      prefix.append(part)
      names = if case .object(let type) = kind { fields.of(type).keys.sorted() } else { [] }
    }
    return nil
  }

  private static func unwritable(_ kind: TemplateKind) -> String? {
    switch kind {
    case .text, .number, .truth: nil
    case .object: "an object"
    case .list: "a list"
    case .position: "a place in a list"
    }
  }
}

/// The fields of views, each type asked once.
private final class KnownFields {
  private var known: [ObjectIdentifier: [String: TemplateKind]] = [:]

  func of(_ type: any TemplateView.Type) -> [String: TemplateKind] {
    if let fields = known[ObjectIdentifier(type)] { return fields }
    let fields = type.templateFields
    known[ObjectIdentifier(type)] = fields
    return fields
  }
}
