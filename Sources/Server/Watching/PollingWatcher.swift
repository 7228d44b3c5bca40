import Files

/// Looks at everything again and again: slower to see changes, and possible everywhere.
final class PollingWatcher: ChangeWatcher {
  private let folders: WatchedFolders
  private let wakePipe: WakePipe
  private let milliseconds: Int32
  private var seen: [[Entry]?] = []

  private struct Entry: Equatable {
    let path: ExactPath
    let state: FolderScan.State
  }

  /// - Parameter milliseconds: the time between two looks.
  init(_ folders: WatchedFolders, wakePipe: WakePipe, milliseconds: Int32 = 500) {
    (self.folders, self.wakePipe, self.milliseconds) = (folders, wakePipe, milliseconds)
  }

  func arm() { seen = look() }

  func wait() -> Bool {
    repeat {
      if Descriptor.wait(for: [wakePipe.descriptor], milliseconds: milliseconds)[0] { return false }
    } while look() == seen
    return true
  }

  private func look() -> [[Entry]?] {
    folders.roots.map { root in
      folders.scan(root)?.entries.map { Entry(path: ExactPath($0.path), state: $0.state) }
    }
  }
}
