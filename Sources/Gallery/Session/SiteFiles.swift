import Files
import Foundation
public import Site

/// Every file of a site that has been made, by its path.
///
/// Pages are in memory; pictures lie in the store, and what is copied in the content or the templates folder.
public struct SiteFiles: Sendable, Equatable {
  private let files: [ExactPath: OutputFile]
  /// Below which path of its server the site will stand, by its address: `gallery/`, or nothing.
  public let basePath: String

  /// - Parameter address: that of the site, ending in `/`, where it has one.
  init(_ files: [OutputFile], address: URL? = nil) {
    basePath = String((address?.path(percentEncoded: false) ?? "").drop { $0 == "/" })
    self.files = Dictionary(files.map { (ExactPath($0.path), $0) }) { first, _ in first }
  }

  /// The file at a path from the site's root, such as `experiments/cat-dog.html`.
  public subscript(path: String) -> OutputFile? { files[ExactPath(path)] }

  /// The paths of all files, sorted.
  public var paths: [String] { files.keys.sorted().map(\.path) }
}
