public import Diagnostics

/// A target as people write it, before anybody knows the network or has read a file.
public enum TargetExpression: Hashable, Sendable {
  /// `words[6, mug]`: an element of an output or of another tensor, by what stands behind the batch axis.
  case element(of: String, at: [String])
  /// `scores=weights.npy`: the sum of an output weighted by the array in a file.
  case weightedSum(of: String, path: String)

  /// Reads a target.
  ///
  /// - Throws: `Diagnostic` where the text is neither.
  public init(_ text: String) throws(Diagnostic) {
    let opening = text.firstIndex(of: "[")
    if let sign = text.firstIndex(of: "="), sign < opening ?? text.endIndex || !text.hasSuffix("]") {
      let (name, path) = (String(text[..<sign]), String(text[text.index(after: sign)...]))
      guard !name.isEmpty, !path.isEmpty else { throw Self.fault(text) }
      self = .weightedSum(of: name, path: path)
      return
    }
    guard let opening = text.lastIndex(of: "["), opening > text.startIndex, text.hasSuffix("]") else {
      throw Self.fault(text)
    }
    let list = text[text.index(after: opening)...].dropLast()
    let parts =
      list.allSatisfy(\.isBlank)
      ? [] : list.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmed }
    guard !parts.contains("") else { throw Self.fault(text) }
    self = .element(of: String(text[..<opening]), at: parts)
  }

  static func fault(_ text: String) -> Diagnostic {
    .error(
      "“\(text)” is no target.",
      hint:
        "Write an element of an output as “words[6,11]”, with the indices behind the batch axis, or a weighted sum as "
        + "“scores=weights.npy”.")
  }
}

extension Character {
  fileprivate var isBlank: Bool { self == " " }
}

extension Substring {
  fileprivate var trimmed: String {
    var rest = self
    while rest.first?.isBlank == true { rest.removeFirst() }
    while rest.last?.isBlank == true { rest.removeLast() }
    return String(rest)
  }
}
