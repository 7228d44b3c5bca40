import Files
import Foundation

/// The use of a store by this process, from the first entry it writes, or from `begin`, to `end`.
///
/// While a use goes on, pruning spares what the use has touched: see `Store.report`.
final class StoreSession: Sendable {
  /// How old the last sign of use of an entry may be without being renewed, in nanoseconds.
  ///
  /// Warm builds, one after the other, need not touch every entry every time.
  static let freshness = 3_600_000_000_000

  private struct State {
    var lease: Lease?
    var count = 0
  }

  private let state = Guarded(State())
  private let folder: String

  /// - Parameter folder: the store's.
  init(_ folder: String) {
    self.folder = folder
  }

  static func users(of store: String) -> String { store + "/users" }
  static func temporaries(of store: String) -> String { store + "/new" }

  /// The sign of the use, if it has begun.
  var lease: Lease? { state.withLock { $0.lease } }

  /// Whether the use has begun, and the store's folder is still there: somebody may have deleted it meanwhile.
  var isUnderWay: Bool { lease != nil && FileManager.default.fileExists(atPath: Self.temporaries(of: folder)) }

  /// Begins the use, if it has not begun, or its sign went with the store's folder.
  ///
  /// The store's folder must be ours. What writers left behind that were killed is removed.
  func begin() throws(SystemError) {
    try state.withLock { state throws(SystemError) in
      if state.lease != nil, FileManager.default.fileExists(atPath: Self.temporaries(of: folder)) { return }
      state.lease?.end()
      state.lease = nil
      for inner in [Self.temporaries(of: folder), Self.users(of: folder)] { try PlainFiles.makeFolder(inner) }
      let lease = try Lease(in: Self.users(of: folder))
      for sign in (try? lease.others()) ?? [] where !sign.isAlive {
        removeTemporaries { $0.hasPrefix(sign.name) }
        lease.remove(sign)
      }
      state.lease = lease
    }
  }

  /// Ends the use.
  func end() {
    state.withLock { state in
      state.lease?.end()
      state.lease = nil
    }
  }

  /// Where a file of the store can be written before it takes its place; the use must have begun.
  func newTemporary() -> String {
    state.withLock { state in
      state.count += 1
      state.lease?.renew()
      return Self.temporaries(of: folder) + "/\(state.lease?.name ?? UUID().uuidString)-\(state.count)"
    }
  }

  /// Says that an entry is in use.
  ///
  /// - Parameter stamp: the entry's.
  func touch(_ path: String, _ stamp: FileStamp) {
    guard let lease, stamp.modified < lease.began - Self.freshness else { return }
    utimensat(AT_FDCWD, path, nil, AT_SYMLINK_NOFOLLOW)
  }

  private func removeTemporaries(_ isLeft: (String) -> Bool) {
    guard let new = try? OpenFolder(Self.temporaries(of: folder)), let names = try? new.names() else { return }
    for name in names where isLeft(name) { try? new.remove(name) }
  }
}
