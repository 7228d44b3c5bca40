import Foundation

/// What is explained of a picture: classes, other numbers that the network gives, or both.
public struct Subjects: Hashable, Sendable {
  /// The classes; `nil` where nobody asks about any.
  public var classes: ClassSelection?
  /// The others, in the order written.
  public var targets: [Located<TargetText>]

  /// Creates a selection.
  public init(classes: ClassSelection? = nil, targets: [Located<TargetText>] = []) {
    self.classes = classes
    self.targets = targets
  }
}

/// Which classes of a picture are explained.
public enum ClassSelection: Hashable, Sendable {
  /// These: each a label's text, a label's index, or a synset id.
  case named([Located<String>])
  /// The best `count` classes of the network's own ranking.
  case top(Located<Int>)
}

/// A target as a block names it: an element of an output, such as `words[3, mug]`, or a weighted sum of one.
public struct TargetText: Hashable, Sendable {
  /// As it was written.
  public var text: String
  /// The file behind `=`, where there is one.
  public var weights: ContentFile?

  /// Creates a target.
  public init(_ text: String, weights: ContentFile? = nil) {
    self.text = text
    self.weights = weights
  }

  /// The text, with the weights' file as it can be opened.
  public var resolved: String {
    guard let weights, let sign = text.firstIndex(of: "=") else { return text }
    return text[...sign] + weights.url.path
  }
}
