/// Paths with `/` between parts, from the content or the output folder.
enum RelativePath {
  /// `path` as seen from `folder`, without `.` and `..`; `nil` when it climbs out. A leading `/` starts at the top.
  static func resolve(_ path: String, in folder: String) -> String? {
    var parts = path.hasPrefix("/") ? [] : folder.split(separator: "/")
    for part in path.split(separator: "/") where part != "." {
      if part == ".." {
        guard !parts.isEmpty else { return nil }
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }

  /// The folder of the file at `path`, empty at the top.
  static func folder(of path: String) -> String {
    path.split(separator: "/").dropLast().joined(separator: "/")
  }

  /// The last part of `path`.
  static func name(of path: String) -> String { String(path.split(separator: "/").last ?? "") }

  /// `../` as often as leads from the folder of `path` to the top.
  static func toTop(from path: String) -> String {
    String(repeating: "../", count: max(0, path.split(separator: "/").count - 1))
  }

  /// `target` as a link in the file at `path`, percent-encoded.
  static func link(to target: String, from path: String) -> String {
    let slash = UInt8(ascii: "/")
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
