import Foundation

/// A path with every link in it resolved, as far as there is anything; what does not exist yet is taken as it is written.
public struct PhysicalPath: Sendable {
  /// The absolute path, without links, `.` and `..`.
  public let path: String
  /// The path's parts, from the top.
  let parts: [String]
  /// What exists of the path, from the root to the last part that does.
  let identities: [FileIdentity]

  /// Resolves a path as the user wrote it.
  ///
  /// - Parameter base: the folder that a relative path starts from; `nil` means the current one.
  public init(_ path: String, from base: String? = nil) {
    let start = Self.isAbsolute(path) ? "" : (base ?? FileManager.default.currentDirectoryPath) + "/"
    var waiting = Array(Self.parts(of: start + path).reversed())
    var parts: [String] = []
    var links = 0
    while let part = waiting.popLast() {
      if part == "." { continue }
      if part == ".." {
        _ = parts.popLast()
        continue
      }
      // As many links as the system follows; a circle of links is left as it is written.
      if links < 40, let target = Self.target(of: "/" + (parts + [part]).joined(separator: "/")) {
        links += 1
        if Self.isAbsolute(target) { parts = [] }
        waiting += Self.parts(of: target).reversed()
      } else {
        parts.append(part)
      }
    }
    self.parts = parts
    self.path = "/" + parts.joined(separator: "/")
    identities = (0...parts.count).map { "/" + parts.prefix($0).joined(separator: "/") }
      .map { FileIdentity(of: $0) }.prefix { $0 != nil }.compactMap { $0 }
  }

  /// The names between slashes. They are cut at the byte, as the system cuts them: to Swift, a slash with an accent behind
  /// it is another character.
  private static func parts(of path: String) -> [String] {
    path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
  }

  private static func isAbsolute(_ path: String) -> Bool { path.utf8.first == UInt8(ascii: "/") }

  /// Whether something exists at the path.
  var identity: FileIdentity? { identities.count == parts.count + 1 ? identities.last : nil }

  /// Whether both are the same place: by name, where case and Unicode's forms do not count, or by what lies there.
  func isSame(as other: PhysicalPath) -> Bool {
    if parts.count == other.parts.count, other.isNamed(below: self) { return true }
    return identity.map { $0 == other.identity } ?? false
  }

  /// Whether this place is another or lies in it.
  func lies(in other: PhysicalPath) -> Bool {
    if isNamed(below: other) { return true }
    return other.identity.map(identities.contains) ?? false
  }

  private func isNamed(below other: PhysicalPath) -> Bool {
    // Swift compares strings whatever their Unicode form is.
    parts.count >= other.parts.count && zip(parts, other.parts).allSatisfy { $0.lowercased() == $1.lowercased() }
  }

  private static func target(of path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &buffer, buffer.count)
    return count < 0 ? nil : String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// Tells files and folders apart, whatever they are called.
public struct FileIdentity: Hashable, Sendable {
  /// The file system.
  public let device: UInt64
  /// The file in it.
  public let inode: UInt64

  init(_ status: stat) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
  }

  /// What lies at `path`, a link itself and not its target; `nil` where nothing does or where it cannot be known.
  public init?(of path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    self.init(status)
  }
}
