import Files
public import Site

/// Every file of a site that has been made, by its path.
///
/// Pages are in memory; pictures lie in the store, and what is copied in the content or the templates folder.
public struct SiteFiles: Sendable, Equatable {
  private let files: [ExactPath: OutputFile]

  init(_ files: [OutputFile]) {
    self.files = Dictionary(files.map { (ExactPath($0.path), $0) }) { first, _ in first }
  }

  /// The file at a path from the site's root, such as `experiments/cat-dog.html`.
  public subscript(path: String) -> OutputFile? { files[ExactPath(path)] }

  /// The paths of all files, sorted.
  public var paths: [String] { files.keys.sorted().map(\.path) }
}
