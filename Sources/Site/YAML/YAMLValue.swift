import Diagnostics

/// A piece of YAML and where it was written.
struct YAMLValue: Sendable {
  enum Kind: Sendable {
    /// Text; `isQuoted` tells `"true"` from `true`.
    case scalar(String, isQuoted: Bool)
    case sequence([YAMLValue])
    case mapping([(key: Located<String>, value: YAMLValue)])
  }

  var kind: Kind
  var location: SourceLocation

  /// What it is, for messages.
  var kindName: String {
    switch kind {
    case .scalar where isNull: "nothing"
    case .scalar: "a single value"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// Whether it is an empty value, as in `title:`, or a written `null`.
  var isNull: Bool {
    guard case .scalar(let text, isQuoted: false) = kind else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }
}
