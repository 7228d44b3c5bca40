import Files

/// Where a reader has looked in a folder, and what was there: as long as that is so, it finds the same again.
final class FolderLooks: Sendable {
  private let seen = Guarded<[ExactPath: ConfinedFolder.Presence]>([:])

  /// What was seen, by path.
  var all: [ExactPath: ConfinedFolder.Presence] { seen.withLock(\.self) }

  func note(_ presence: ConfinedFolder.Presence, at path: String) {
    seen.withLock { $0[ExactPath(path)] = presence }
  }
}
