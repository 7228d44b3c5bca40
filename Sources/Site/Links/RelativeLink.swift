/// Links from one file of the output folder to another.
enum RelativeLink {
  /// The link to `target` in the file at `path`, percent-encoded.
  static func to(_ target: String, from path: String) -> String {
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

  private static let slash = UInt8(ascii: "/")

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
