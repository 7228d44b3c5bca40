import Diagnostics
import Foundation
import Hashing

/// What was computed before, so that it need not be computed again: a folder of entries, each under a hash of all that
/// determines it.
///
/// Any number of processes may use one store at a time. An entry appears whole or not at all, and carries a hash of its
/// bytes: a damaged one counts as absent and is replaced.
public struct Store: Sendable {
  /// What an entry holds.
  enum Kind: String, CaseIterable {
    /// Logits, maps and gradients.
    case arrays
    /// Figures without their words: numbers, remarks, and which pictures they have.
    case figures
    /// What pages tell of networks.
    case models
    /// Encoded pictures, each under the hash of its own bytes.
    case pictures
  }

  /// The folder.
  let url: URL
  /// The folder as the user wrote it, for messages.
  let shownAs: String

  /// Names the folder of a store, which need not exist.
  public init(_ folder: String) {
    url = URL(fileURLWithPath: folder)
    shownAs = folder
  }

  /// The store of a content folder that names none: `.sitegen/store` beside it.
  public static func standardPath(besideContent content: String) -> String {
    let parent = (content as NSString).deletingLastPathComponent
    return (parent.isEmpty ? "" : parent + "/") + ".sitegen/store"
  }

  // MARK: - Entries

  func file(_ kind: Kind, _ key: StoreKey) -> URL {
    url.appendingPathComponent("\(kind.rawValue)/\(key.hex.prefix(2))/\(key.hex.dropFirst(2))")
  }

  /// The bytes of an entry, or `nil` where there is none or where it is damaged.
  func read(_ kind: Kind, _ key: StoreKey) -> [UInt8]? {
    guard let data = try? Data(contentsOf: file(kind, key)) else { return nil }
    let bytes = [UInt8](data)
    if kind == .pictures { return SHA256.hash(bytes).hexadecimal == key.hex ? bytes : nil }
    return Sealed.open(bytes)
  }

  /// Whether there is an entry; it may be damaged.
  func has(_ kind: Kind, _ key: StoreKey) -> Bool { access(file(kind, key).path, R_OK) == 0 }

  /// Adds an entry, or replaces a damaged one.
  func write(_ kind: Kind, _ key: StoreKey, _ bytes: [UInt8]) throws(Diagnostic) {
    try put(kind == .pictures ? bytes : Sealed.seal(bytes), at: file(kind, key))
  }

  /// Adds a picture under the hash of its bytes.
  func write(picture bytes: [UInt8]) throws(Diagnostic) -> StoreKey {
    let key = StoreKey(contents: bytes)
    if read(.pictures, key) == nil { try write(.pictures, key, bytes) }
    return key
  }

  // MARK: - Files

  /// Writes a file of the store, all of it or nothing.
  func put(_ bytes: [UInt8], at target: URL) throws(Diagnostic) {
    do {
      let temporary = temporaryFolder.appendingPathComponent(UUID().uuidString)
      do {
        try Data(bytes).write(to: temporary)
      } catch {
        try prepare()
        try Data(bytes).write(to: temporary)
      }
      if rename(temporary.path, target.path) == 0 { return }
      try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      guard rename(temporary.path, target.path) == 0 else {
        let reason = String(cString: strerror(errno))
        try? FileManager.default.removeItem(at: temporary)
        throw Diagnostic.error("The store “\(shownAs)” cannot be written: \(reason).", hint: Self.hint)
      }
    } catch let fault as Diagnostic {
      throw fault
    } catch {
      throw .error("The store “\(shownAs)” cannot be written: \(error.localizedDescription).", hint: Self.hint)
    }
  }

  private static let hint = "Name another with --store."

  /// Where files are written before they are put in their place.
  var temporaryFolder: URL { url.appendingPathComponent("new") }

  /// Makes the store's folder, which version control leaves alone.
  private func prepare() throws {
    try FileManager.default.createDirectory(at: temporaryFolder, withIntermediateDirectories: true)
    try Data("*\n".utf8).write(to: url.appendingPathComponent(".gitignore"))
  }
}
