import Files
public import Foundation

/// A file in the content folder.
public struct ContentFile: Hashable, Sendable {
  /// Its path from the content folder, with `/` between parts: `images/cat-dog.png`.
  public var path: String
  /// Where it lies on disk.
  public var url: URL

  /// Creates the file at `path` on disk at `url`.
  public init(path: String, url: URL) {
    self.path = path
    self.url = url
  }

  /// Whether it is the same file; paths are told apart byte by byte, as the file system does.
  public static func == (a: ContentFile, b: ContentFile) -> Bool {
    ExactPath(a.path) == ExactPath(b.path) && ExactPath(a.url.path) == ExactPath(b.url.path)
  }

  /// Hashes the path.
  public func hash(into hasher: inout Hasher) { hasher.combine(ExactPath(path)) }

  /// The last part of the path.
  public var name: String { String(path.split(separator: "/").last ?? "") }
}
