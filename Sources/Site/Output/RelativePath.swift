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
    let here = folder(of: path).split(separator: "/")
    let there = target.split(separator: "/")
    let common = zip(here, there.dropLast()).prefix { $0 == $1 }.count
    let up = String(repeating: "../", count: here.count - common)
    return up + encoded(there.dropFirst(common).joined(separator: "/"))
  }

  /// `path` with everything percent-encoded that may not stand in the path of a URL.
  static func encoded(_ path: String) -> String {
    path.utf8.map { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: String(UnicodeScalar(byte))
      case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}
