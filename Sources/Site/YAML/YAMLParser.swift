import Diagnostics
import Files
import Yams

/// Turns YAML text into values that know their place; doubled keys are all reported and none is fatal.
struct YAMLParser {
  /// Bounds that no honest front matter reaches; they keep hostile text from costing memory or time.
  private static let maximumBytes = 256 * 1024
  private static let maximumAliases = 16
  private static let maximumDepth = 64

  private let origin: TextOrigin
  private var text: MarkedText
  private var diagnostics = DiagnosticList()

  private init(_ text: String, from origin: TextOrigin) {
    self.text = MarkedText(text)
    self.origin = origin
  }

  /// The value that `text` holds, or `nil` when it is blank or broken.
  static func parse(_ text: String, from origin: TextOrigin, diagnostics: inout DiagnosticList) -> YAMLValue? {
    if text.allSatisfy(\.isWhitespace) { return nil }
    // Yams calls itself for what is nested.
    let (value, faults) = mayBeDeep(text) ? DeepStack.run { read(text, from: origin) } : read(text, from: origin)
    diagnostics.append(contentsOf: faults.all)
    return value
  }

  private static func read(_ text: String, from origin: TextOrigin) -> (YAMLValue?, DiagnosticList) {
    var parser = YAMLParser(text, from: origin)
    var faults = DiagnosticList()
    let value = faults.attempt { () throws(Diagnostic) in try parser.value(of: try parser.compose(), depth: 0) }
    faults.append(contentsOf: parser.diagnostics.all)
    return (value, faults)
  }

  /// Whether a text has so many brackets, or so long a beginning of a line, that it could be nested deeply.
  private static func mayBeDeep(_ text: String) -> Bool {
    var brackets = 0
    var prefix = 0
    var isPrefix = true
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        brackets += 1
        isPrefix = false
      case UInt8(ascii: "\n"): (prefix, isPrefix) = (0, true)
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"): if isPrefix { prefix += 1 }
      default: isPrefix = false
      }
      if brackets > maximumDepth || prefix > maximumDepth { return true }
    }
    return false
  }

  private mutating func compose() throws(Diagnostic) -> Node {
    let start = origin.location(line: 1)
    guard text.text.utf8.count <= Self.maximumBytes else {
      throw .error("The YAML is larger than \(Self.maximumBytes / 1024) KiB.", at: start)
    }
    // Aliases of aliases grow without bound when Yams compares keys, so they are counted before anything is composed.
    guard aliasCandidates <= Self.maximumAliases else {
      throw .error(
        "The YAML uses more than \(Self.maximumAliases) aliases (`*name`).", at: start, hint: "Write the values out.")
    }
    while true {
      do {
        // What a scalar means is decided by whoever reads it, so Yams need not try its regular expressions on it.
        return try Yams.compose(yaml: text.text, .basic, .default, .utf8) ?? Node("")
      } catch YamlError.duplicatedKeysInMapping(_, let context) where text.markWord(at: context.mark) {
        continue
      } catch let error as YamlError {
        throw diagnostic(for: error)
      } catch {
        throw .error("The YAML cannot be read: \(error).", at: start)
      }
    }
  }

  /// How many words could be aliases: those that begin with `*`, if the text has a word that begins with `&` at all.
  private var aliasCandidates: Int {
    guard text.text.utf8.contains(UInt8(ascii: "&")) else { return 0 }
    let words = text.text.unicodeScalars.split { " \t\n[]{},:".unicodeScalars.contains($0) }
    return words.contains { $0.first == "&" } ? words.count { $0.first == "*" } : 0
  }
}

// MARK: - Values

extension YAMLParser {
  private func location(_ mark: Mark?) -> SourceLocation {
    guard let mark else { return origin.location(line: 1) }
    return origin.location(line: mark.line, column: text.originalColumn(line: mark.line, column: mark.column))
  }

  private mutating func value(of node: Node, depth: Int) throws(Diagnostic) -> YAMLValue {
    let place = location(node.mark)
    guard depth < Self.maximumDepth else {
      throw .error("The YAML is nested deeper than \(Self.maximumDepth) levels.", at: place)
    }
    switch node {
    case .scalar(let scalar):
      if let control = scalar.string.unicodeScalars.first(where: MarkupText.isForbidden) {
        diagnostics.append(
          .error(
            "This value holds the control character \(MarkupText.name(of: control)).", at: place, hint: "Remove it."))
      }
      return YAMLValue(kind: .scalar(scalar.string, isQuoted: ![.plain, .any].contains(scalar.style)), location: place)
    case .sequence(let sequence):
      var values: [YAMLValue] = []
      for element in sequence { values.append(try value(of: element, depth: depth + 1)) }
      return YAMLValue(kind: .sequence(values), location: place)
    case .mapping(let mapping):
      return YAMLValue(kind: .mapping(try pairs(of: mapping, depth: depth)), location: place)
    case .alias:
      return YAMLValue(kind: .scalar("", isQuoted: false), location: place)
    }
  }

  private mutating func pairs(
    of mapping: Node.Mapping, depth: Int
  ) throws(Diagnostic) -> [(key: Located<String>, value: YAMLValue)] {
    var pairs: [(key: Located<String>, value: YAMLValue)] = []
    var first: [String: SourceLocation] = [:]
    for (key, node) in mapping {
      guard case .scalar(let scalar) = key else {
        diagnostics.append(.error("A key must be a single word.", at: location(key.mark)))
        continue
      }
      let name = Located(MarkedText.unmarked(scalar.string), at: location(scalar.mark))
      if let first = first[name.value] {
        diagnostics.append(doubledKey(name, firstAt: first))
      } else {
        first[name.value] = name.location
        pairs.append((name, try value(of: node, depth: depth + 1)))
      }
    }
    return pairs
  }
}

// MARK: - Errors

extension YAMLParser {
  private func doubledKey(_ key: Located<String>, firstAt first: SourceLocation) -> Diagnostic {
    let line = first.line.map { "; the first is on line \($0)" } ?? ""
    return .error("“\(key.value)” is given twice\(line).", at: key.location, hint: "Remove one of them.")
  }

  private func diagnostic(for error: YamlError) -> Diagnostic {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let told = context.map { "\($0.text), " } ?? ""
      let hint = problem == "mapping values are not allowed in this context" ? "Put the text in quotes." : nil
      return .error("This is not valid YAML: \(told)\(problem).", at: location(mark), hint: hint)
    case .reader(let problem, let offset, _, let yaml):
      let before = yaml.prefix(offset ?? 0)
      let line = before.count { $0 == "\n" } + 1
      let column = before.reversed().prefix { $0 != "\n" }.count + 1
      return .error("This is not valid YAML: \(problem).", at: origin.location(line: line, column: column))
    case .duplicatedKeysInMapping(let names, let context):
      let name = names.first.map(MarkedText.unmarked) ?? ""
      return .error("“\(name)” is given twice.", at: location(context.mark), hint: "Remove one of them.")
    default:
      return .error("The YAML cannot be read: \(error).", at: origin.location(line: 1))
    }
  }
}
