import Diagnostics
import Files

/// What could not be written, told once for each reason: a full disk is full for every file.
struct WriteFailures: Sendable {
  private var found: [(error: SystemError, path: String, count: Int)] = []
  /// Files that were not even tried.
  private var skipped = 0

  /// Whether there is no sense in trying another file.
  var isFinal: Bool { found.contains { $0.error.concernsWholeDisk } }

  mutating func append(_ error: SystemError, path: String) {
    if let index = found.firstIndex(where: { $0.error == error }) {
      found[index].count += 1
      found[index].path = min(found[index].path, path)
    } else {
      found.append((error, path, 1))
    }
  }

  mutating func skip() { skipped += 1 }

  /// `Cannot write public/index.html and 3 other files: No space left on device.`
  var diagnostics: [Diagnostic] {
    found.map { error, path, count in
      let others = count - 1 + (error.concernsWholeDisk ? skipped : 0)
      let what = others == 0 ? "" : others == 1 ? " and another file" : " and \(others) other files"
      return .error("Cannot write \(path)\(what): \(error).")
    }
  }
}
