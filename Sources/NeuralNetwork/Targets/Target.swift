public import Diagnostics

/// What is explained: one scalar of a network.
///
/// Of an output that ends in a softmax or sigmoid it is the score in front of it, as for a class.
public enum Target: Hashable, Sendable {
  /// y^c, the score of class c of a classifier, counted from 0.
  case `class`(Int)
  /// An element of an output, or of another tensor by its name or its node's: the indices stand behind the batch axis.
  case element(of: String, at: [Int])
  /// Σ w · y over an output or another tensor y, where w has its shape, under a name for people.
  case weightedSum(of: String, weights: Tensor, named: String = "weights")

  /// The output or tensor that it belongs to; `nil` for a class.
  public var tensorName: String? {
    switch self {
    case .class: nil
    case .element(let name, _), .weightedSum(let name, _, _): name
    }
  }
}

extension Target: CustomStringConvertible {
  /// As people write it: `class 3`, `words[6,11]`, `scores=weights`.
  public var description: String {
    switch self {
    case .class(let index): "class \(index)"
    case .element(let name, let place): "\(name)[\(place.map(String.init).joined(separator: ","))]"
    case .weightedSum(let name, _, let label): "\(name)=\(label)"
    }
  }
}

extension Target {
  /// Reads `words[6,11]`, an element of an output with the indices behind the batch axis, or `scores=weights.npy`, the sum
  /// of an output weighted by an array of its shape, whose file is read.
  ///
  /// - Throws: `Diagnostic` where the text is neither; located at the file where that cannot be read.
  public init(_ text: String) throws(Diagnostic) {
    let opening = text.lastIndex(of: "[")
    if let sign = text.firstIndex(of: "="), sign < opening ?? text.endIndex {
      let (name, path) = (String(text[..<sign]), String(text[text.index(after: sign)...]))
      guard !name.isEmpty, !path.isEmpty else { throw Self.fault(text) }
      let file = path.split(separator: "/").last.map(String.init) ?? path
      self = .weightedSum(
        of: name, weights: try Tensor(contentsOfNPYFile: path),
        named: file.hasSuffix(".npy") ? String(file.dropLast(4)) : file)
      return
    }
    guard let opening, opening > text.startIndex, text.hasSuffix("]") else { throw Self.fault(text) }
    let list = text[text.index(after: opening)...].dropLast()
    let parts = list.allSatisfy { $0 == " " } ? [] : list.split(separator: ",", omittingEmptySubsequences: false)
    let place = parts.compactMap { part in
      let digits = part.filter { $0 != " " }
      return digits.allSatisfy { $0.isASCII && $0.isNumber } ? Int(digits) : nil
    }
    guard place.count == parts.count else { throw Self.fault(text) }
    self = .element(of: String(text[..<opening]), at: place)
  }

  private static func fault(_ text: String) -> Diagnostic {
    .error(
      "“\(text)” is no target.",
      hint:
        "Write an element of an output as “words[6,11]”, with the indices behind the batch axis, or a weighted sum as "
        + "“scores=weights.npy”.")
  }
}
