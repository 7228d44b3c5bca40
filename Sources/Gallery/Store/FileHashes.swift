import Files
import Foundation
import Hashing

/// The SHA-256 of files, remembered for as long as their stamps stay the same.
///
/// A network of half a gigabyte is read once for its hash, and not at every build.
final class FileHashes: Sendable {
  /// What this process has read itself.
  private struct Reading {
    let hash: String
    let stamp: FileStamp
    /// Whether the file would have another stamp if it had been changed since.
    let isSettled: Bool
  }

  private struct State {
    var remembered: FileRecord
    var read: [ExactPath: Reading] = [:]
    var hasNews = false
  }

  private let store: Store
  private let state: Guarded<State>
  private let here = FileManager.default.currentDirectoryPath
  private let timeSteps: Double

  /// Reads what is remembered in a store.
  ///
  /// - Parameter timeSteps: the seconds between two times that the file system tells apart.
  init(_ store: Store, timeSteps: Double = 2) {
    self.store = store
    self.timeSteps = timeSteps
    state = Guarded(State(remembered: FileRecord(contentsOf: Self.file(of: store))))
  }

  private static func file(of store: Store) -> URL { store.url.appendingPathComponent("hashes", isDirectory: false) }

  /// The hash of the file at `path`, or `nil` where it cannot be read.
  func hash(of path: String) -> String? {
    let path = absolute(path)
    guard let stamp = FileStamp(of: path) else { return nil }
    if let known = state.withLock({ $0.remembered[path] }), known.stamp == stamp { return known.version }
    return read(path)
  }

  /// The hash of bytes that have been read, whatever has become of their file.
  ///
  /// - Parameter start: when reading began, in seconds since 1970.
  func hash(of file: RegularFile, readFrom path: String, since start: Double) -> String {
    let path = absolute(path)
    let hash = SHA256.hash(file.bytes).hexadecimal
    note(path, hash, file.stamp, isSteady: FileStamp(of: path) == file.stamp, since: start)
    return hash
  }

  /// Whether the file at `path` has this hash indeed: it is read, unless this process has done so and the file would have
  /// another stamp if it had been changed since. Where it has another hash, `hash` is no longer remembered.
  func verify(_ path: String, hasHash hash: String) -> Bool {
    let path = absolute(path)
    if let known = state.withLock({ $0.read[ExactPath(path)] }), known.isSettled, FileStamp(of: path) == known.stamp {
      return known.hash == hash
    }
    return read(path) == hash
  }

  private func read(_ path: String) -> String? {
    let start = Date().timeIntervalSince1970
    guard let digest = try? FileDigest(ofFileAt: path) else { return nil }
    let isSteady = digest.isSteady && FileStamp(of: path) == digest.stamp
    note(path, digest.hexadecimal, digest.stamp, isSteady: isSteady, since: start)
    return digest.hexadecimal
  }

  /// - Parameters:
  ///   - isSteady: whether the file had the stamp before and after it was read.
  ///   - start: when reading began, in seconds since 1970.
  private func note(_ path: String, _ hash: String, _ stamp: FileStamp, isSteady: Bool, since start: Double) {
    // A file that has changed meanwhile, or may change again without leaving a trace, is not remembered.
    let isSettled = isSteady && !stamp.isFresh(at: start, inStepsOf: timeSteps)
    state.withLock { state in
      state.read[ExactPath(path)] = Reading(hash: hash, stamp: stamp, isSettled: isSettled)
      state.remembered[path] = isSettled ? FileRecord.Entry(version: hash, stamp: stamp) : nil
      state.hasNews = true
    }
  }

  /// The path from the root; `..` and links are left to the system, which alone knows where they lead.
  private func absolute(_ path: String) -> String {
    path.utf8.first == UInt8(ascii: "/") ? path : here + "/" + path
  }

  /// Remembers the hashes for other runs, beside those that other processes remember. Where that fails, files are only
  /// read again.
  func save() {
    let news = state.withLock { state -> FileRecord? in
      guard state.hasNews, !store.isReadOnly else { return nil }
      state.hasNews = false
      return state.remembered
    }
    guard let news else { return }
    var record = FileRecord(contentsOf: Self.file(of: store))
    record.entries.merge(news.entries) { _, mine in mine }
    try? store.put(record.bytes, at: Self.file(of: store))
  }
}
