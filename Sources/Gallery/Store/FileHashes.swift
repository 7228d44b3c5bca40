import Files
import Foundation
import Hashing
import Site
import Synchronization

/// The SHA-256 of files, remembered for as long as their stamps stay the same.
///
/// A network of half a gigabyte is read once for its hash, and not at every build.
final class FileHashes: Sendable {
  private struct State {
    var remembered: FileRecord
    /// What this process has read itself.
    var read = FileRecord()
    var hasNews = false
  }

  private let store: Store
  private let state: Mutex<State>

  /// Reads what is remembered in a store.
  init(_ store: Store) {
    self.store = store
    state = Mutex(State(remembered: FileRecord(contentsOf: Self.file(of: store))))
  }

  private static func file(of store: Store) -> URL { store.url.appendingPathComponent("hashes") }

  /// The hash of the file at `path`, or `nil` where it cannot be read.
  func hash(of path: String) -> String? {
    let path = URL(fileURLWithPath: path).standardizedFileURL.path
    guard let stamp = FileStamp(of: path) else { return nil }
    if let known = state.withLock({ $0.remembered.entries[path] }), known.stamp == stamp { return known.version }
    return read(path, stamp)
  }

  /// Reads the file at `path` again, unless this process has read it already.
  ///
  /// - Returns: whether its hash is `hash` indeed. Where it is not, it is no longer remembered.
  func verify(_ path: String, hasHash hash: String) -> Bool {
    let path = URL(fileURLWithPath: path).standardizedFileURL.path
    guard let stamp = FileStamp(of: path) else { return false }
    if let known = state.withLock({ $0.read.entries[path] }), known.stamp == stamp { return known.version == hash }
    return read(path, stamp) == hash
  }

  private func read(_ path: String, _ stamp: FileStamp) -> String? {
    guard let digest = try? SHA256.hash(ofFileAt: URL(fileURLWithPath: path)) else { return nil }
    let entry = FileRecord.Entry(version: digest.hexadecimal, stamp: stamp)
    // A file that has changed meanwhile, or may change again without leaving a trace, is not remembered.
    let isSettled = FileStamp(of: path) == stamp && !stamp.isFresh(at: Date().timeIntervalSince1970)
    state.withLock { state in
      state.read.entries[path] = entry
      state.remembered.entries[path] = isSettled ? entry : nil
      state.hasNews = true
    }
    return entry.version
  }

  /// Remembers the hashes for other runs, beside those that other processes remember. Where that fails, files are only
  /// read again.
  func save() {
    let news = state.withLock { $0.hasNews ? $0.remembered : nil }
    guard let news else { return }
    var record = FileRecord(contentsOf: Self.file(of: store))
    record.entries.merge(news.entries) { _, mine in mine }
    try? store.put(record.bytes, at: Self.file(of: store))
  }
}
