import Diagnostics
import Mustache

/// The text of one template.
struct TemplateSource {
  /// The name under which other templates include it.
  let name: String
  /// The text.
  let file: SourceFile

  /// Parses all templates and checks that those which they include exist, and that none includes itself.
  ///
  /// Mustache renders an unknown partial as nothing and follows a partial that includes itself without end; both are
  /// faults here.
  static func compile(
    _ sources: [TemplateSource], folder: String, required: [String], faults: inout DiagnosticList
  ) -> [String: MustacheTemplate] {
    var templates: [String: MustacheTemplate] = [:]
    for source in sources {
      templates[source.name] = faults.attempt { () throws(Diagnostic) in try source.parsed() }
    }
    let names = sources.map(\.name)
    for name in required where !names.contains(name) {
      faults.append(.error("There is no template \(name).mustache in \(folder)."))
    }
    let partials = Dictionary(sources.map { ($0.name, $0.partials) }) { first, _ in first }
    for (name, location) in sources.flatMap(\.partials) where !names.contains(name) {
      faults.append(
        .error("There is no template “\(name)”.", at: location, hint: Suggestion.hint(for: name, in: names)))
    }
    for source in sources {
      if let location = source.partials.first(where: { reaches(source.name, from: $0.name, partials) })?.location {
        faults.append(.error("The template “\(source.name)” includes itself.", at: location))
      }
    }
    return templates
  }

  private func parsed() throws(Diagnostic) -> MustacheTemplate {
    do {
      return try MustacheTemplate(string: file.text)
    } catch let error as MustacheTemplate.ParserError {
      let place = SourceLocation(file: file.name, line: error.context.lineNumber, column: error.context.columnNumber)
      throw .error("This is not a valid template: \(Self.reason(error.error)).", at: place)
    } catch {
      throw .error("This is not a valid template: \(error).", at: SourceLocation(file: file.name))
    }
  }

  private static func reason(_ error: any Error) -> String {
    switch error as? MustacheTemplate.Error {
    case .sectionCloseNameIncorrect: "this tag closes a section that is not open"
    case .unfinishedName: "the tag has no end"
    case .expectedSectionEnd: "a section is never closed"
    case .invalidSetDelimiter: "the delimiters are wrong"
    case .transformAppliedToInheritanceSection: "a block takes no transform"
    case .illegalTokenInsideInheritSection, .textInsideInheritSection: "only blocks may stand in an inherited template"
    case .invalidConfigVariableSyntax, .unrecognisedConfigVariable: "the configuration tag is unknown"
    case nil: "the tag has no end"
    }
  }

  /// The templates that this one includes (`{{> name}}`) or inherits from (`{{< name}}`), and where.
  var partials: [(name: String, location: SourceLocation)] {
    file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { index, line in
      line.ranges(of: "{{").compactMap { range -> (name: String, location: SourceLocation)? in
        let rest = line[range.upperBound...]
        guard let sigil = rest.first, sigil == ">" || sigil == "<",
          let end = rest.firstRange(of: "}}")?.lowerBound
        else { return nil }
        let name = String(rest[..<end].dropFirst()).trimmed
        let column = line.distance(from: line.startIndex, to: range.lowerBound) + 1
        return name.hasPrefix("*")
          ? nil : (name, SourceLocation(file: file.name, line: index + 1, column: column))
      }
    }
  }

  /// Whether `target` can be reached from `start` through inclusions.
  private static func reaches(
    _ target: String, from start: String, _ partials: [String: [(name: String, location: SourceLocation)]]
  ) -> Bool {
    var seen: Set<String> = []
    var waiting = [start]
    while let name = waiting.popLast() {
      if name == target { return true }
      if seen.insert(name).inserted { waiting += (partials[name] ?? []).map(\.name) }
    }
    return false
  }
}
