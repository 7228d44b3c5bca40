import Diagnostics
import Files
import Foundation

extension Store {
  /// Counts all entries.
  ///
  /// Only what a store writes is looked at: regular files with the names of entries, in folders, never through links.
  /// Where a build is running, on this machine or on another, nothing is deleted that has been written or used since
  /// shortly before it began.
  ///
  /// - Parameters:
  ///   - isUsed: tells the entries to keep.
  ///   - prunes: whether all others are deleted, and what writers left behind that were killed.
  /// - Throws: `Diagnostic` where the folder is not a store.
  func report(prunes: Bool, _ isUsed: (Kind, StoreKey) -> Bool) throws(Diagnostic) -> StoreReport {
    var report = StoreReport()
    guard try checkOwner() != .nobody else { return report }
    if prunes { try begin() }
    defer { if prunes { end() } }
    let spared = prunes ? youngest : Int.max
    for kind in Kind.allCases {
      forEachEntry(of: kind) { folder, name, key, stamp in
        if isUsed(kind, key) {
          report.used.add(stamp)
        } else if prunes, (folder.stamp(of: name) ?? stamp).modified >= spared {
          report.spared.add(stamp)
        } else {
          report.unused.add(stamp)
          if prunes { try? folder.remove(name) }
        }
      }
    }
    if prunes { removeLeftovers() }
    return report
  }

  /// What has changed at this time or later belongs to a running build, in nanoseconds since 1970.
  private var youngest: Int {
    guard let lease = session.lease else { return Int.max }
    // Builds that cannot be seen may be running all the same: everything is spared.
    guard let others = try? lease.others() else { return 0 }
    let began = others.filter(\.isAlive).map(\.began).min()
    // File systems count time in steps, of two seconds at most.
    return began.map { $0 - StoreSession.freshness - 2_000_000_000 } ?? Int.max
  }

  private func forEachEntry(
    of kind: Kind, _ body: (_ folder: OpenFolder, _ name: String, _ key: StoreKey, _ stamp: FileStamp) -> Void
  ) {
    guard let folder = try? OpenFolder(url.path).folder(kind.rawValue), let prefixes = try? folder.names()
    else { return }
    for prefix in prefixes where prefix.utf8.count == 2 {
      guard let inner = try? folder.folder(prefix), let names = try? inner.names() else { continue }
      for name in names {
        guard let key = StoreKey(hex: prefix + name), let stamp = inner.stamp(of: name) else { continue }
        body(inner, name, key, stamp)
      }
    }
  }

  /// Removes what earlier versions of the program left half-written, a day ago or earlier. What this one leaves goes with
  /// the next use of the store.
  private func removeLeftovers() {
    guard let now = session.lease?.began, let folder = try? OpenFolder(url.path).folder("new"),
      let names = try? folder.names()
    else { return }
    for name in names where UUID(uuidString: name) != nil {
      if let stamp = folder.stamp(of: name), stamp.modified < now - 86_400_000_000_000 { try? folder.remove(name) }
    }
  }
}

extension StoreReport.Share {
  fileprivate mutating func add(_ stamp: FileStamp) {
    entries += 1
    bytes += stamp.size
  }
}
