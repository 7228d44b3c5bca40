import Diagnostics
import Vocabulary

/// A file of texts in one language: a mapping of keys to words.
enum StringFile {
  /// The texts in English, by their keys. Other languages have places for the same values.
  static let english = builtIn["en"] ?? [:]

  /// The languages that come with the program, by their tags.
  static let builtIn: [String: [String: StringText]] = {
    var languages: [String: [String: StringText]] = [:]
    for file in BuiltInFile.strings {
      guard let tag = tag(of: file.path) else { continue }
      // That the project's own files have no faults is held by a test.
      var faults = DiagnosticList()
      languages[tag] = read(
        String(decoding: file.bytes, as: UTF8.self), from: "built-in/strings/\(file.path)", known: nil, &faults)
    }
    return languages
  }()

  /// The language of a file by its name, in small letters; `nil` where it is no file of texts.
  static func tag(of name: String) -> String? {
    guard name.hasSuffix(".yml") else { return nil }
    let tag = String(name.dropLast(".yml".count))
    return LanguageTag.isTag(tag) ? tag.lowercased() : nil
  }

  /// The texts of a file.
  ///
  /// - Parameters:
  ///   - name: the file, for messages.
  ///   - known: the keys that there are, and for each the values that it may have places for; `nil` where all are taken.
  static func read(
    _ text: String, from name: String, known: [String: Set<String>]?, _ faults: inout DiagnosticList
  ) -> [String: StringText] {
    guard let value = YAMLParser.parse(text, from: TextOrigin(file: name), diagnostics: &faults) else { return [:] }
    guard case .mapping(let pairs) = value.kind else {
      if !value.isNull {
        faults.append(.error("The file must be lines of `key: words`, not \(value.kindName).", at: value.location))
      }
      return [:]
    }
    var texts: [String: StringText] = [:]
    for (key, value) in pairs {
      guard case .scalar(let words, _) = value.kind, !words.allSatisfy(\.isWhitespace) else {
        faults.append(
          .error("“\(key.value)” has no words.", at: value.location, hint: "Write some, or remove the line."))
        continue
      }
      let text = StringText(words)
      if let known, let fault = fault(of: key, text, at: value.location, known) {
        faults.append(fault)
      } else {
        texts[key.value] = text
      }
    }
    return texts
  }

  private static func fault(
    of key: Located<String>, _ text: StringText, at place: SourceLocation, _ known: [String: Set<String>]
  ) -> Diagnostic? {
    guard let allowed = known[key.value] else {
      return .error(
        "There is no text “\(key.value)”.", at: key.location,
        hint: Suggestion.hint(for: key.value, in: known.keys.sorted()))
    }
    guard let other = text.placeholders.subtracting(allowed).min() else { return nil }
    let names = allowed.sorted().map { "{{\($0)}}" }.joined(separator: ", ")
    return .error(
      "“\(key.value)” has no value “\(other)”.", at: place,
      hint: Suggestion.nearest(to: other, in: allowed.sorted()).map { "Did you mean “{{\($0)}}”?" }
        ?? (allowed.isEmpty ? "It has none." : "It has \(names)."))
  }

  // MARK: - Keys

  /// The keys that a file of a project may have, and the values of each.
  static func known(_ methods: [MethodName]) -> [String: Set<String>] {
    var known = english.mapValues(\.placeholders)
    for method in methods {
      known[key(of: method)] = []
      for remark in MethodRemark.allCases {
        known["\(key(of: method))_\(remark.rawValue)"] = remark == .nothing ? ["layer"] : []
      }
    }
    for measure in EvaluationMeasure.allCases {
      known[key(of: measure)] = []
      known[key(of: measure) + "_meaning"] = []
    }
    return known
  }

  static func key(of method: MethodName) -> String { key(ofMethod: method.id) }

  static func key(ofMethod id: String) -> String { "method_" + id.replacing("-", with: "_") }

  static func key(of measure: EvaluationMeasure) -> String {
    "measure_" + measure.rawValue.replacing("-", with: "_")
  }
}
