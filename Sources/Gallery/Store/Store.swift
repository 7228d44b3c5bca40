import Diagnostics
import Files
import Foundation
import Hashing

/// What was computed before, so that it need not be computed again: a folder of entries, each under a hash of all that
/// determines it.
///
/// Any number of processes may use one store at a time. An entry appears whole or not at all, and carries a hash of its
/// place and its bytes: a damaged or misplaced one counts as absent and is replaced. The folder carries a mark of ours
/// (`StoreMark`); in another's folder nothing is written.
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
    /// What was measured of single pictures of data sets.
    case evaluations

    /// No entry of ours has more bytes.
    var maximumBytes: Int {
      switch self {
      case .arrays: 1 << 32
      case .figures, .models, .evaluations: 1 << 27
      case .pictures: 1 << 30
      }
    }
  }

  /// The folder.
  let url: URL
  /// The folder as the user wrote it, for messages.
  let shownAs: String
  /// Whether nothing is ever written, so that nothing is left in the store but what was there.
  let isReadOnly: Bool
  let session: StoreSession

  /// Names the folder of a store, which need not exist.
  public init(_ folder: String) {
    self.init(url: URL(fileURLWithPath: folder), shownAs: folder, isReadOnly: false)
  }

  private init(url: URL, shownAs: String, isReadOnly: Bool) {
    self.url = url
    self.shownAs = shownAs
    self.isReadOnly = isReadOnly
    session = StoreSession(url.path)
  }

  /// The same store for those who only look.
  var readOnly: Store { Store(url: url, shownAs: shownAs, isReadOnly: true) }

  /// The store of a content folder that names none: `.sitegen/store` beside it.
  public static func standardPath(besideContent content: String) -> String {
    // What lies beside a folder that is named by its place alone is found from the folder itself.
    if [".", ".."].contains(PathText.name(of: content)) { return content + "/../.sitegen/store" }
    return PathText.join(PathText.folder(of: content), ".sitegen/store")
  }

  // MARK: - Entries

  func file(_ kind: Kind, _ key: StoreKey) -> URL {
    url.appendingPathComponent("\(kind.rawValue)/\(key.hex.prefix(2))/\(key.hex.dropFirst(2))", isDirectory: false)
  }

  /// The bytes of an entry, or `nil` where there is none or where it is damaged.
  func read(_ kind: Kind, _ key: StoreKey) -> [UInt8]? {
    let path = file(kind, key).path
    guard let file = try? RegularFile(path, atMost: kind.maximumBytes) else { return nil }
    let bytes =
      kind == .pictures
      ? (SHA256.hash(file.bytes).hexadecimal == key.hex ? file.bytes : nil)
      : Sealed.open(file.bytes, as: Self.name(kind, key))
    if bytes != nil { session.touch(path, file.stamp) }
    return bytes
  }

  /// Whether there is an entry; it may be damaged.
  func has(_ kind: Kind, _ key: StoreKey) -> Bool {
    let path = file(kind, key).path
    guard let stamp = FileStamp(of: path) else { return false }
    session.touch(path, stamp)
    return true
  }

  /// Adds an entry, or replaces a damaged one.
  func write(_ kind: Kind, _ key: StoreKey, _ bytes: [UInt8]) throws(Diagnostic) {
    try put(kind == .pictures ? bytes : Sealed.seal(bytes, as: Self.name(kind, key)), at: file(kind, key))
  }

  /// Adds a picture under the hash of its bytes.
  func write(picture bytes: [UInt8]) throws(Diagnostic) -> StoreKey {
    let key = StoreKey(contents: bytes)
    if read(.pictures, key) == nil { try write(.pictures, key, bytes) }
    return key
  }

  private static func name(_ kind: Kind, _ key: StoreKey) -> String { "\(kind.rawValue)/\(key.hex)" }

  // MARK: - Files

  /// Writes a file of the store, all of it or nothing.
  ///
  /// - Throws: `Diagnostic` placed at the store, so that it is nobody else's fault, and is told once.
  func put(_ bytes: [UInt8], at target: URL) throws(Diagnostic) {
    guard !isReadOnly else { return }
    do throws(Diagnostic) {
      try begin()
      try write(bytes, to: target.path)
    } catch {
      throw error.located(at: SourceLocation(file: shownAs))
    }
  }

  private func write(_ bytes: [UInt8], to target: String) throws(Diagnostic) {
    do throws(SystemError) {
      let temporary = session.newTemporary()
      try PlainFiles.create(temporary, bytes)
      do throws(SystemError) {
        try move(temporary, to: target)
      } catch {
        unlink(temporary)
        throw error
      }
    } catch {
      throw fault(error, at: target)
    }
  }

  private func move(_ temporary: String, to target: String) throws(SystemError) {
    if rename(temporary, target) == 0 { return }
    // An empty folder holds nothing that anybody could miss.
    if errno == EISDIR || errno == EEXIST || errno == ENOTEMPTY { rmdir(target) }
    try PlainFiles.makeFolder((target as NSString).deletingLastPathComponent)
    guard rename(temporary, target) == 0 else { throw .last }
  }

  private func fault(_ error: SystemError, at path: String) -> Diagnostic {
    switch error.code {
    case EISDIR, EEXIST, ENOTEMPTY, ENOTDIR:
      if let (place, isFolder) = obstacle(on: path) {
        let kinds = isFolder ? "a folder, where the store keeps a file" : "no folder, where the store keeps one"
        return .error("“\(place)” is \(kinds).", hint: "Move it away.")
      }
    case ENOSPC, EDQUOT:
      return .error(
        "The store “\(shownAs)” cannot be written: \(error).", hint: "Free some space, or name another with --store.")
    default: break
    }
    return .error("The store “\(shownAs)” cannot be written: \(error).", hint: "Name another with --store.")
  }

  /// What stands on the way to a file of the store: a file in the place of a folder, or a folder in its own place.
  private func obstacle(on path: String) -> (place: String, isFolder: Bool)? {
    let root = url.path
    guard path.hasPrefix(root + "/") else { return nil }
    let parts = path.dropFirst(root.count + 1).split(separator: "/")
    for end in parts.indices {
      let inner = parts[...end].joined(separator: "/")
      var status = stat()
      guard stat(root + "/" + inner, &status) == 0 else { continue }
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      if isFolder == (end == parts.count - 1) { return (shownAs + "/" + inner, isFolder) }
    }
    return nil
  }

  // MARK: - The folder

  /// Begins to use the store: its folder is made and marked, and pruning spares what is used from now on.
  ///
  /// - Throws: `Diagnostic` where the folder is another's or cannot be written.
  func begin() throws(Diagnostic) {
    guard !isReadOnly, !session.isUnderWay else { return }
    let owner = try checkOwner()
    do throws(SystemError) {
      try PlainFiles.makeFolder(url.path)
      if owner != .sitegen { try StoreMark.put(on: url.path) }
      try session.begin()
    } catch {
      throw fault(error, at: url.path)
    }
  }

  /// Ends the use.
  func end() { session.end() }

  /// Refuses a folder that a build may not use: one in the way of what is read or written, or another's. Nothing is made.
  ///
  /// - Parameter output: where the build's site goes, if it makes one.
  func check(_ options: BuildOptions, output: String?) throws(Diagnostic) {
    let read = [("content folder", options.content), ("templates folder", options.templates)]
    let guarded = read + (output.map { [("output folder", $0)] } ?? [])
    try Placement(apartFrom: guarded.map { Placement.Guarded($0, $1) })
      .check(shownAs, role: "store", option: "--store")
    try checkOwner()
  }

  /// Refuses a folder that is not ours. Nothing is made.
  @discardableResult
  func checkOwner() throws(Diagnostic) -> StoreMark.Owner {
    let hint = "Name another with --store."
    let owner = StoreMark.owner(of: url.path)
    switch owner {
    case .nobody, .sitegen, .unmarked: return owner
    case .others(let name):
      throw .error("The store “\(shownAs)” holds “\(name)”, which sitegen did not put there.", hint: hint)
    case .noFolder: throw .error("The store “\(shownAs)” is a file, not a folder.", hint: hint)
    case .unreadable(let error): throw .error("The store “\(shownAs)” cannot be read: \(error).", hint: hint)
    }
  }
}
