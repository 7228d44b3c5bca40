import Diagnostics

/// Reads the keys of one mapping with their types, and tells in the end which are none of its keys.
///
/// Every fault goes into `diagnostics`; the reading methods return `nil` both for an absent key and after a fault.
struct YAMLMapping {
  /// The keys that it may have, and what it belongs to.
  private let keys: YAMLKeys
  /// Where the mapping begins.
  let location: SourceLocation
  /// Whether something else stood in its place, which has been reported; that keys are missing is no news then.
  let isBroken: Bool
  private let pairs: [(key: Located<String>, value: YAMLValue)]
  /// Whether its keys are names that its reader knows what to do with.
  private var hasFreeKeys = false
  /// The faults found so far.
  private(set) var diagnostics = DiagnosticList()

  /// The mapping that `value` holds; anything else is a fault and reads as an empty mapping.
  init(_ value: YAMLValue?, _ keys: YAMLKeys, at location: SourceLocation) {
    self.keys = keys
    self.location = value?.location ?? location
    switch value?.kind {
    case .mapping(let pairs)?: (self.pairs, isBroken) = (pairs, false)
    case .scalar?, .sequence?: (pairs, isBroken) = ([], value?.isNull == false)
    case nil: (pairs, isBroken) = ([], false)
    }
    if isBroken, let value {
      diagnostics.append(
        .error("\(keys.owner) must be lines of `key: value`, not \(value.kindName).", at: value.location))
    }
  }

  /// Adds a fault of the caller's.
  mutating func report(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
  }

  /// Adds faults of the caller's.
  mutating func report(_ list: DiagnosticList) {
    diagnostics.append(contentsOf: list.all)
  }

  /// Runs `work` and keeps the diagnostic that it throws; returns `nil` then.
  mutating func attempt<T>(_ work: () throws(Diagnostic) -> T) -> T? { diagnostics.attempt(work) }

  /// Whether it has no keys.
  var isEmpty: Bool { pairs.isEmpty }

  /// Reports that `key` is missing, with a line that would add it, unless it is there.
  mutating func reportIfMissing(_ key: String, hint: String) {
    guard location(of: key) == nil, !isBroken else { return }
    report(.error("“\(key)” is missing from \(keys.owner).", at: location, hint: hint))
  }

  /// Text that must be there.
  mutating func requiredText(_ key: String, example: String) -> Located<String>? {
    let text = text(key)
    reportIfMissing(key, hint: "Add `\(example)`.")
    return text
  }

  /// Where `key` stands, if it is there.
  func location(of key: String) -> SourceLocation? {
    pairs.first { $0.key.value == key }?.key.location
  }

  /// Reports every key that it cannot have, with the nearest one that it can, and returns all faults.
  consuming func finish() -> DiagnosticList {
    let names = keys.names
    for (key, _) in pairs where !hasFreeKeys && !names.contains(key.value) {
      diagnostics.append(
        .error(
          "“\(key.value)” is not a key of \(keys.owner).", at: key.location,
          hint: Suggestion.nearest(to: key.value, in: names).map { "Did you mean “\($0)”?" }
            ?? "Its keys are: \(names.sorted().joined(separator: ", "))."))
    }
    return diagnostics
  }

  // MARK: - Values

  /// The value of `key` as it is; an empty value is a fault.
  ///
  /// - Parameter hint: what helps where it is empty.
  mutating func value(
    _ key: String, ifEmpty hint: String = "Give it one or remove the line."
  ) -> YAMLValue? {
    guard let value = pairs.first(where: { $0.key.value == key })?.value else { return nil }
    guard !value.isNull else {
      let place = location(of: key) ?? value.location
      report(.error("“\(key)” has no value.", at: place, hint: hint))
      return nil
    }
    return value
  }

  /// Text: a single value on one line or more, never blank.
  ///
  /// - Parameter hint: what helps where there is none.
  mutating func text(
    _ key: String, ifEmpty hint: String = "Give it one or remove the line."
  ) -> Located<String>? {
    value(key, ifEmpty: hint).flatMap { text(of: $0, key) }
  }

  /// `true` or `false`.
  mutating func bool(_ key: String) -> Bool? {
    guard let value = value(key) else { return nil }
    switch value.kind {
    case .scalar("true", isQuoted: false): return true
    case .scalar("false", isQuoted: false): return false
    default:
      report(.error("“\(key)” must be true or false, not \(shown(value)).", at: value.location))
      return nil
    }
  }

  /// A finite number within `range`, which `expectation` describes: “a number from 0 to 1”.
  mutating func number(
    _ key: String, _ expectation: String = "a number", where accepts: (Double) -> Bool = { _ in true }
  ) -> Located<Double>? {
    value(key).flatMap { number(of: $0, key, expectation, where: accepts) }
  }

  /// A whole number within `range`, which `expectation` describes.
  mutating func integer(_ key: String, in range: ClosedRange<Int>, _ expectation: String) -> Located<Int>? {
    value(key).flatMap { integer(of: $0, key, in: range, expectation) }
  }

  /// One of the raw values of `Choice`.
  mutating func choice<Choice>(_ key: String, of type: Choice.Type) -> Located<Choice>?
  where Choice: CaseIterable & RawRepresentable<String> {
    value(key).flatMap { choice(of: $0, key, type) }
  }

  /// One value or a list of at least one.
  mutating func oneOrMore<Element>(
    _ key: String, _ read: (inout YAMLMapping, YAMLValue) -> Element?
  ) -> [Element]? {
    guard let value = value(key) else { return nil }
    guard case .sequence(let values) = value.kind else { return read(&self, value).map { [$0] } }
    guard !values.isEmpty else {
      report(.error("“\(key)” is an empty list.", at: value.location, hint: "Give it a value or remove the line."))
      return nil
    }
    let elements = values.compactMap { read(&self, $0) }
    return elements.count == values.count ? elements : nil
  }

  /// One value or a list in which none is written twice.
  mutating func distinct<Value: Hashable>(
    _ key: String, _ read: (inout YAMLMapping, YAMLValue) -> Located<Value>?
  ) -> [Located<Value>]? {
    guard let values = oneOrMore(key, read) else { return nil }
    var seen: Set<Value> = []
    for element in values where !seen.insert(element.value).inserted {
      report(.error("“\(key)” names the same thing twice.", at: element.location, hint: "Remove one of them."))
      return nil
    }
    return values
  }

  /// A mapping of its own. Its faults are the caller's to report, see `finish`.
  mutating func mapping(_ key: String, _ keys: YAMLKeys) -> YAMLMapping? {
    value(key).map { YAMLMapping($0, keys, at: $0.location) }
  }

  /// Every key as given, for mappings whose keys are free.
  mutating func allPairs() -> [(key: Located<String>, value: YAMLValue)] {
    hasFreeKeys = true
    return pairs
  }

  // MARK: - Single values

  mutating func text(of value: YAMLValue, _ key: String) -> Located<String>? {
    guard case .scalar(let text, _) = value.kind, !value.isNull else {
      report(.error("“\(key)” must be text, not \(value.kindName).", at: value.location))
      return nil
    }
    let trimmed = text.trimmed
    guard !trimmed.isEmpty else {
      report(.error("“\(key)” is blank.", at: value.location, hint: "Give it a value or remove the line."))
      return nil
    }
    return Located(trimmed, at: value.location)
  }

  mutating func number(
    of value: YAMLValue, _ key: String, _ expectation: String = "a number",
    where accepts: (Double) -> Bool = { _ in true }
  ) -> Located<Double>? {
    guard case .scalar(let text, isQuoted: false) = value.kind, let number = Double(text), number.isFinite,
      accepts(number)
    else {
      report(.error("“\(key)” must be \(expectation), not \(shown(value)).", at: value.location))
      return nil
    }
    return Located(number, at: value.location)
  }

  mutating func integer(
    of value: YAMLValue, _ key: String, in range: ClosedRange<Int>, _ expectation: String
  ) -> Located<Int>? {
    guard case .scalar(let text, isQuoted: false) = value.kind, let number = Int(text), range.contains(number) else {
      report(.error("“\(key)” must be \(expectation), not \(shown(value)).", at: value.location))
      return nil
    }
    return Located(number, at: value.location)
  }

  mutating func choice<Choice>(of value: YAMLValue, _ key: String, _ type: Choice.Type) -> Located<Choice>?
  where Choice: CaseIterable & RawRepresentable<String> {
    choice(of: value, key, in: Array(type.allCases), named: \.rawValue)
  }

  /// One of several values by its name.
  mutating func choice<Choice>(
    of value: YAMLValue, _ key: String, in choices: [Choice], named name: (Choice) -> String
  ) -> Located<Choice>? {
    guard let word = text(of: value, key) else { return nil }
    guard let choice = choices.first(where: { name($0) == word.value }) else {
      let names = choices.map(name)
      report(
        .error(
          "“\(word.value)” is not a value of “\(key)”.", at: word.location,
          hint: Suggestion.hint(for: word.value, in: names)))
      return nil
    }
    return Located(choice, at: word.location)
  }

  private func shown(_ value: YAMLValue) -> String {
    if case .scalar(let text, let isQuoted) = value.kind, !value.isNull {
      isQuoted ? "the text “\(text)”" : "“\(text)”"
    } else {
      value.kindName
    }
  }
}

extension String {
  /// The string without white space at its ends.
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
