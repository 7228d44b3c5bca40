import Diagnostics
import Files

extension ContentFolder {
  /// The files that a pattern such as `birds/*.jpg` means in one of `folders`, tried in order, sorted by name.
  ///
  /// Each `*` stands for any characters of the file's own name; what begins with a point is not meant.
  ///
  /// - Throws: a diagnostic where it means none.
  func findAll(
    _ pattern: Located<String>, in folders: [String], as what: String
  ) throws(Diagnostic) -> [Located<ContentFile>] {
    let name = NamePattern(RelativePath.name(of: pattern.value))
    let place = RelativePath.folder(of: pattern.value)
    guard !place.contains("*") else {
      throw .error(
        "“\(pattern.value)” has a “*” in the name of a folder.", at: pattern.location,
        hint: "Only a file’s own name may have one.")
    }
    var searched: [String] = []
    for folder in pattern.value.hasPrefix("/") ? [""] : folders {
      guard let directory = place.isEmpty ? folder : RelativePath.resolve(place, in: folder) else { continue }
      searched.append(shown(directory))
      var found: [Located<ContentFile>] = []
      for file in try names(in: directory) where name.matches(file) {
        guard let file = try regularFile(PathText.join(directory, file), at: pattern.location) else { continue }
        found.append(Located(file, at: pattern.location))
      }
      if !found.isEmpty { return found }
    }
    guard !searched.isEmpty else {
      throw .error(
        "The \(what) “\(pattern.value)” lies outside of \(self.name).", at: pattern.location,
        hint: "Copy the files into \(self.name).")
    }
    throw .error(
      "There is no \(what) “\(pattern.value)” in \(searched.uniqued().joined(separator: " or ")).",
      at: pattern.location, hint: "Put pictures there, or write their names.")
  }
}

/// A name of a file in which each `*` stands for any characters.
struct NamePattern {
  /// What stands between the stars.
  private let parts: [[UInt8]]

  init(_ text: String) {
    parts = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
  }

  /// Whether it means `name`. The parts are looked for from the left, which is enough: a later place leaves less for the rest.
  func matches(_ name: String) -> Bool {
    let name = Array(name.utf8)
    guard let first = parts.first, let last = parts.last, name.first != UInt8(ascii: ".") else { return false }
    guard parts.count > 1 else { return name == first }
    guard name.count >= first.count + last.count, name.starts(with: first), name.suffix(last.count).elementsEqual(last)
    else { return false }
    var rest = name[first.count..<(name.count - last.count)]
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let place = rest.firstRange(of: part) else { return false }
      rest = rest[place.upperBound...]
    }
    return true
  }
}
