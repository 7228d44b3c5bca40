/// Paths with `/` between parts, from the content or the output folder.
///
/// They are cut at the byte `/`, as the system cuts them. To Swift, a slash with an accent behind it is another character,
/// which would hide a `..` before it.
enum RelativePath {
  /// `path` as seen from `folder`, without `.` and `..`; `nil` when it climbs out. A leading `/` starts at the top.
  static func resolve(_ path: String, in folder: String) -> String? {
    var parts = path.utf8.first == slash ? [] : parts(of: folder)
    for part in self.parts(of: path) where !part.utf8.elementsEqual(".".utf8) {
      if part.utf8.elementsEqual("..".utf8) {
        guard !parts.isEmpty else { return nil }
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }

  private static let slash = UInt8(ascii: "/")

  /// The names between slashes; empty ones are left out.
  private static func parts(of path: String) -> [Substring] { path.utf8.split(separator: slash).map(Substring.init) }

  /// The folder of the file at `path`, empty at the top.
  static func folder(of path: String) -> String {
    parts(of: path).dropLast().joined(separator: "/")
  }

  /// The folders that the file at `path` lies in, the uppermost first.
  static func folders(above path: String) -> [String] {
    path.utf8.indices.filter { path.utf8[$0] == slash }.map { String(Substring(path.utf8[..<$0])) }
  }

  /// The last part of `path`.
  static func name(of path: String) -> String { String(parts(of: path).last ?? "") }
}
