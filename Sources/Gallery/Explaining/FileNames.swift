/// Names of files that people recognise, none of them given twice: not on file systems either that ignore case.
struct FileNames {
  private var taken: Set<String> = []

  /// `path`, with a number behind it where it is taken.
  mutating func unique(_ path: String) -> String {
    var candidate = path
    var number = 1
    while !taken.insert(candidate.lowercased()).inserted {
      number += 1
      candidate = "\(path)-\(number)"
    }
    return candidate
  }

  /// `name` with everything replaced that does not belong in the name of a file. Different names may come out alike.
  static func plain(_ name: String) -> String {
    let mapped = name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") ? $0 : "_" }
    // File systems take 255 bytes, and something stands before and behind it.
    return String(mapped.prefix(100))
  }
}
