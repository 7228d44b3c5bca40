import Foundation

/// The paths of all that lies in a folder; links are not followed.
public struct FolderContent: Sendable {
  /// Whatever is no folder, by its path from the folder.
  public private(set) var files: [String] = []
  /// The folders, each before those in it.
  public private(set) var folders: [String] = []
  /// Whether there are names that are no UTF-8. They cannot be told exactly, so their paths lead nowhere.
  public private(set) var hasUnreadableNames = false

  /// Looks through a folder.
  ///
  /// - Parameter isSkipped: whether the thing at a path is left out, with all that lies in it.
  /// - Throws: where a folder cannot be listed; `ENOENT` where there is none.
  public init(of folder: String, skipping isSkipped: (String) -> Bool = { _ in false }) throws(FolderFault) {
    var waiting = [""]
    while let inner = waiting.popLast() {
      let path = inner.isEmpty ? folder : folder + "/" + inner
      do throws(SystemError) {
        for entry in try PlainFiles.entries(in: path) {
          let path = inner.isEmpty ? entry.name : inner + "/" + entry.name
          if entry.name.unicodeScalars.contains("\u{FFFD}") { hasUnreadableNames = true }
          if isSkipped(path) { continue }
          if entry.isFolder {
            waiting.append(path)
            folders.append(path)
          } else {
            files.append(path)
          }
        }
      } catch {
        throw FolderFault(path: path, reason: error)
      }
    }
  }
}
