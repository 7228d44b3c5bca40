import Files
import Foundation

/// The file that tells that a folder was written by this program.
enum SiteMarker {
  /// Its name, which a store's folder has as well: the name alone tells nothing.
  static let name = ".sitegen"
  /// Its text.
  static let text = "This folder is written by sitegen. Every build replaces it; do not edit it by hand.\n"

  /// Whether a folder is marked: by a regular file, no link, with our own text.
  static func stands(in folder: String) -> Bool {
    let path = folder + "/" + name
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    guard let file = try? RegularFile(path, atMost: text.utf8.count) else { return false }
    return file.bytes.elementsEqual(text.utf8)
  }
}
