import Diagnostics
import Site

extension ModelCard {
  /// What is to be said where classes have numbers for names; `nil` where they have names, or where there are none.
  func labelsWarning(_ facts: NetworkFacts) -> Diagnostic? {
    guard labels == nil, facts.classCount > 0 else { return nil }
    return .warning(
      "The card names no `labels`: classes are called “class 0”, “class 1”…", at: location,
      hint: "Add `labels:` with a file of one name a line.")
  }
}
