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
    switch try TargetExpression(text) {
    case .weightedSum(let name, let path): self = try .init(weightsOf: name, contentsOfNPYFile: path)
    case .element(let name, let parts):
      let place = parts.compactMap(Self.index)
      guard place.count == parts.count else { throw TargetExpression.fault(text) }
      self = .element(of: name, at: place)
    }
  }

  /// The sum of an output weighted by the array in a file, after which it is called.
  ///
  /// - Throws: `Diagnostic` located at the file where that cannot be read.
  public init(weightsOf name: String, contentsOfNPYFile path: String) throws(Diagnostic) {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    self = .weightedSum(
      of: name, weights: try Tensor(contentsOfNPYFile: path),
      named: file.hasSuffix(".npy") ? String(file.dropLast(4)) : file)
  }

  /// The index that a text of digits is; `nil` for any other.
  public static func index(_ text: String) -> Int? {
    text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
  }
}
