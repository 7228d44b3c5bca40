/// A page that links can lead to.
struct LinkedPage: Sendable {
  /// The path of its file from the content folder.
  let source: String
  /// Its path in the output folder.
  let output: String
  /// Stands for the page in whatever language: the path of its file without the language and the ending.
  let subject: String
  /// The language that it is in.
  let language: String
  /// Whether the name of its file says so.
  let isMarked: Bool
}
