/// What people say of a picture: a line of the file that `truth:` names.
public struct PictureTruth: Hashable, Sendable {
  /// What it shows: classes by their labels, indices or synset ids. Where there are several, any of them is right.
  public var classes: [Located<String>]
  /// What stands below it.
  public var caption: String?
  /// Words under which it is listed.
  public var tags: [String]

  /// Creates a truth; what is left out is not known.
  public init(classes: [Located<String>] = [], caption: String? = nil, tags: [String] = []) {
    self.classes = classes
    self.caption = caption
    self.tags = tags
  }
}
