import Files
import Foundation

/// Where a reader has looked in a folder, and what was there: as long as that is so, it finds the same again.
final class FolderLooks: Sendable {
  private let seen = Guarded(SeenFiles())

  /// What was seen.
  var all: SeenFiles { seen.withLock(\.self) }

  func note(_ presence: ConfinedFolder.Presence, at path: String) {
    seen.withLock { $0.presences[ExactPath(path)] = presence }
  }

  /// Notes that the folder at `path` was listed.
  func note(names: [String], in path: String) {
    seen.withLock { $0.listings[ExactPath(path)] = Fingerprint(of: names) }
  }

  /// Notes that a file was read.
  ///
  /// - Parameter stamp: what the file system told of it before; `nil` where it told nothing.
  func note(text: String, at path: String, stamp: FileStamp?) {
    seen.withLock { $0.texts[ExactPath(path)] = (stamp, Fingerprint(of: [text])) }
  }
}

/// What a reader has seen of a folder.
struct SeenFiles: Sendable {
  /// What lay at a path.
  fileprivate(set) var presences: [ExactPath: ConfinedFolder.Presence] = [:]
  /// Stands for the names in a folder.
  fileprivate(set) var listings: [ExactPath: Fingerprint] = [:]
  /// Stands for the text of a file, beside what the file system told of it.
  fileprivate(set) var texts: [ExactPath: (stamp: FileStamp?, text: Fingerprint)] = [:]

  /// Whether all of it is as it was.
  func isSame(in folder: ContentFolder) -> Bool {
    presences.allSatisfy { folder.look(at: $0.path) == $1 }
      && listings.allSatisfy { path, names in (try? folder.names(in: path.path)).map { Fingerprint(of: $0) } == names }
      && texts.allSatisfy { path, text in
        text.stamp != nil && FileStamp(of: folder.file(path.path).url.path) == text.stamp
      }
  }

  /// Whether a file was read so shortly after it was changed that another change may leave the same stamp.
  func isFresh(at time: Double, inStepsOf steps: Double) -> Bool {
    texts.values.contains { $0.stamp?.isFresh(at: time, inStepsOf: steps) != false }
  }
}

extension Fingerprint.Account {
  /// Adds what a reader has seen.
  mutating func add(_ seen: SeenFiles) {
    for (path, presence) in seen.presences.sorted(by: { $0.key < $1.key }) {
      add(path.path)
      add(presence == .file ? 1 : 0)
    }
    let texts = seen.texts.mapValues(\.text)
    for known in [seen.listings, texts] {
      add(known.count)
      for (path, fingerprint) in known.sorted(by: { $0.key < $1.key }) {
        add(path.path)
        add(fingerprint)
      }
    }
  }
}
