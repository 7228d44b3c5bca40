import Files

/// Sees that something has changed in folders.
protocol ChangeWatcher: AnyObject {
  /// Looks at all that is there now. Changes from here on are seen; call it before reading.
  func arm() throws(SystemError)

  /// Waits until something has changed and nothing more does.
  ///
  /// - Returns: `false` where it was waked.
  func wait() -> Bool
}

/// The folders that are watched.
struct WatchedFolders: Sendable {
  /// Content and templates, which need not exist.
  let roots: [String]
  /// Folders outside of them that links in them may lead into.
  let followedLinks: [String]

  /// What lies in a root; nothing where it cannot be looked through: that is told by whoever reads it.
  func scan(_ root: String) -> FolderScan? { try? FolderScan(root, following: followedLinks) }
}
