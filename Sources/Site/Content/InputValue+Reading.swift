import Diagnostics

extension YAMLMapping {
  /// The most values that a block may give to one input.
  private static var mostValues: Int { 60 }

  /// `inputs:` of a block: for each name a text, numbers, a `.npy` file, or a list of such values.
  mutating func inputChoices(_ context: SettingsContext) -> [InputChoice]? {
    guard var mapping = mapping("inputs", YAMLKeys(of: "“inputs”", [])) else { return nil }
    let choices = mapping.allPairs().compactMap { name, value -> InputChoice? in
      let values = mapping.inputValues(of: value, name.value, context)
      return values.isEmpty ? nil : InputChoice(name: name, values: values)
    }
    report(mapping.finish())
    return choices.isEmpty ? nil : choices
  }

  /// One value, or several: a list of numbers is one.
  private mutating func inputValues(
    of value: YAMLValue, _ name: String, _ context: SettingsContext
  ) -> [Located<InputValue>] {
    guard case .sequence(let elements) = value.kind, !elements.allSatisfy({ $0.number != nil }) || elements.isEmpty
    else {
      return inputValue(of: value, name, context).map { [$0] } ?? []
    }
    guard (1...Self.mostValues).contains(elements.count) else {
      let count =
        elements.isEmpty ? "no value" : "\(elements.count) values, and a figure shows at most \(Self.mostValues)"
      report(.error("The input “\(name)” is given \(count).", at: value.location))
      return []
    }
    let values = elements.compactMap { inputValue(of: $0, name, context) }
    var seen: Set<InputValue> = []
    for value in values where !seen.insert(value.value).inserted {
      report(
        .error("The input “\(name)” is given the same thing twice.", at: value.location, hint: "Remove one of them."))
      return []
    }
    return values.count == elements.count ? values : []
  }

  /// A single value: a text, a number or a list of numbers, or a `.npy` file beside the file that names it.
  mutating func inputValue(
    of value: YAMLValue, _ name: String, _ context: SettingsContext
  ) -> Located<InputValue>? {
    if case .sequence(let elements) = value.kind {
      let numbers = elements.compactMap(\.number)
      if !numbers.isEmpty, numbers.count == elements.count { return Located(.numbers(numbers), at: value.location) }
      report(
        .error(
          "The input “\(name)” is given a list of something other than numbers.", at: value.location,
          hint: "Give it a text, numbers, or a .npy file."))
      return nil
    }
    if let number = value.number { return Located(.numbers([number]), at: value.location) }
    guard let text = text(of: value, name) else { return nil }
    guard text.value.hasSuffix(".npy") else { return text.map(InputValue.text) }
    return attempt { () throws(Diagnostic) in
      Located(.file(try context.folder.find(text, in: [context.directory], as: "array")), at: text.location)
    }
  }
}

extension YAMLValue {
  /// The finite number that an unquoted value is.
  fileprivate var number: Double? {
    guard case .scalar(let text, isQuoted: false) = kind, let number = Double(text), number.isFinite else { return nil }
    return number
  }
}
