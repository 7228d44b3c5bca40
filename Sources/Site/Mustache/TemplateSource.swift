import Diagnostics

/// The text of one template.
struct TemplateSource {
  /// The name under which other templates include it.
  let name: String
  /// The text.
  let file: SourceFile

  /// Parses all templates and checks that those which they include exist, that none includes itself, and that every name
  /// in them means something.
  static func compile(
    _ sources: [TemplateSource], required: [(name: String, object: any TemplateView.Type)],
    faults: inout DiagnosticList
  ) -> [String: Template] {
    var templates: [String: Template] = [:]
    for source in sources {
      if source.name.hasPrefix(Template.stringPrefix) {
        faults.append(
          .error(
            "Names that begin with “\(Template.stringPrefix)” mean texts, and no templates.",
            at: SourceLocation(file: source.file.name), hint: "Give the file another name."))
      }
      var parser = TemplateParser(source.file)
      let nodes = faults.attempt { () throws(Diagnostic) in try parser.parse() }
      faults.append(contentsOf: parser.warnings)
      templates[source.name] = nodes.map { Template(name: source.name, nodes: $0) }
    }
    let names = sources.map(\.name)
    var inclusions: [String: [(name: String, location: SourceLocation)]] = [:]
    for (name, template) in templates { inclusions[name] = template.inclusions }
    for (name, location) in inclusions.values.flatMap({ $0 }) where !names.contains(name) {
      faults.append(
        .error("There is no template “\(name)”.", at: location, hint: Suggestion.hint(for: name, in: names)))
    }
    for source in sources {
      let own = inclusions[source.name] ?? []
      if let location = own.first(where: { reaches(source.name, from: $0.name, inclusions) })?.location {
        faults.append(.error("The template “\(source.name)” includes itself.", at: location))
      }
    }
    // Where templates do not hang together, what their names mean cannot be known.
    if !faults.hasErrors { faults.append(contentsOf: TemplateCheck.faults(of: templates, roots: required)) }
    return templates
  }

  /// Whether `target` can be reached from `start` through inclusions.
  private static func reaches(
    _ target: String, from start: String, _ inclusions: [String: [(name: String, location: SourceLocation)]]
  ) -> Bool {
    var seen: Set<String> = []
    var waiting = [start]
    while let name = waiting.popLast() {
      if name == target { return true }
      if seen.insert(name).inserted { waiting += (inclusions[name] ?? []).map(\.name) }
    }
    return false
  }
}

extension Template {
  /// The templates that this one includes or inherits from by a fixed name, and where.
  fileprivate var inclusions: [(name: String, location: SourceLocation)] {
    nodes.inclusions.compactMap { inclusion in
      guard case .named(let name) = inclusion.source else { return nil }
      return (name, inclusion.location)
    }
  }
}
