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

  /// `../` as often as leads from the folder of `path` to the top.
  static func toTop(from path: String) -> String {
    String(repeating: "../", count: max(0, parts(of: path).count - 1))
  }

  /// `target` as a link in the file at `path`, percent-encoded.
  static func link(to target: String, from path: String) -> String {
    // Behind the last slash up to which both are the same.
    var here = path.utf8[...]
    var there = target.utf8[...]
    for (index, (a, b)) in zip(path.utf8, target.utf8).enumerated() {
      guard a == b else { break }
      if a == slash {
        here = path.utf8.dropFirst(index + 1)
        there = target.utf8.dropFirst(index + 1)
      }
    }
    return String(repeating: "../", count: here.count { $0 == slash }) + encoded(String(Substring(there)))
  }

  /// `path` with everything percent-encoded that may not stand in the path of a URL.
  static func encoded(_ path: String) -> String {
    guard !path.utf8.allSatisfy(isPlain) else { return path }
    return path.utf8.map { byte in
      isPlain(byte)
        ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"): true
    default: false
    }
  }
}
