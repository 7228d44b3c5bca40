/// One file of the site, ready to be written.
public struct OutputFile: Sendable, Hashable {
  /// The path from the output folder, with `/` between parts: `experiments/cat-dog.html`.
  public var path: String
  /// The bytes.
  public var contents: [UInt8]
  /// What it was made from, for messages: `content/experiments/cat-dog.md`.
  public var origin: String

  /// Creates a file.
  public init(path: String, contents: [UInt8], origin: String) {
    self.path = path
    self.contents = contents
    self.origin = origin
  }

  /// Creates a text file in UTF-8.
  public init(path: String, text: String, origin: String) {
    self.init(path: path, contents: Array(text.utf8), origin: origin)
  }
}
