import Diagnostics
import Foundation

/// Reads label files in the formats that people have them in, each found by looking at the whole file.
///
/// - one class a line: `n01440764 tench, Tinca tinca`, with a blank, tab, comma or colon behind the synset id;
/// - numbered lines: `0,tench`, `0: tench`, `0 tench`, `tench,0`, in any order, from 0 or from 1, with or without a header;
/// - the dictionary that Python prints: `{0: 'tench', …}`;
/// - JSON: see `JSONLabels`.
enum LabelParser {
  private static let maximumCount = 1 << 20

  /// The classes that a text names, in order.
  ///
  /// - Throws: `Diagnostic` with a line where the file is at fault, but without the file's name.
  static func entries(of text: String) throws(LabelFault) -> [ClassLabels.Entry] {
    let first = text.first { !$0.isWhitespace }
    if first == "{" || first == "[", let entries = try JSONLabels.entries(of: text) { return entries }
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    while lines.last?.isEmpty == true { lines.removeLast() }
    guard lines.count <= maximumCount else {
      throw LabelFault("the label file has \(lines.count) lines; at most \(maximumCount) classes can be named.")
    }
    if let numbered = try NumberedLines(lines) { return numbered.names.map(ClassLabels.Entry.init(text:)) }
    if let blank = lines.firstIndex(of: "") {
      throw LabelFault(
        "the line is blank, so that class \(blank) has no name.", line: blank + 1,
        hint: "Write a name, or remove the line.")
    }
    return lines.map(ClassLabels.Entry.init(text:))
  }
}

/// What is wrong with a label file.
struct LabelFault: Error {
  let summary: String
  let line: Int?
  let hint: String?

  init(_ summary: String, line: Int? = nil, hint: String? = nil) {
    self.summary = summary
    self.line = line
    self.hint = hint
  }

  func diagnostic(file: String) -> Diagnostic {
    .error(summary, at: SourceLocation(file: file, line: line), hint: hint)
  }
}

extension ClassLabels.Entry {
  /// A class by what a line says of it: an optional synset id, and names with commas between them.
  init(text: String) {
    let (synset, rest) = Self.splittingSynset(of: text)
    self.init(synset: synset, names: Self.names(in: rest, whole: text))
  }

  /// Whether `word` is a WordNet id: `n01440764`.
  static func isSynset(_ word: some StringProtocol) -> Bool {
    word.utf8.count == 9 && word.first == "n" && word.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
  }

  private static func splittingSynset(of text: String) -> (synset: String?, rest: String) {
    let line = text.unquoted
    let word = line.prefix { !" \t,;:".contains($0) }
    guard isSynset(word) else { return (nil, line) }
    let rest = line.dropFirst(word.count).drop { " \t,;:".contains($0) }
    return (String(word), String(rest).unquoted)
  }

  private static func names(in text: String, whole: String) -> [String] {
    let list = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    return list.isEmpty ? [whole] : list
  }
}

extension String {
  /// The string without the quotation marks around it, if it has them: `"a ""b"""` is `a "b"`.
  var unquoted: String {
    let text = trimmingCharacters(in: .whitespaces)
    guard text.count >= 2, let mark = text.first, mark == "\"" || mark == "'", text.last == mark else { return text }
    let inner = text.dropFirst().dropLast()
    let single = String(mark)
    let rest = inner.replacingOccurrences(of: single + single, with: "")
    // `"tench", "Tinca"` is a list of quoted names, not one quoted text.
    guard !rest.contains(mark) || mark == "'" else { return text.replacingOccurrences(of: single, with: "") }
    return inner.replacingOccurrences(of: single + single, with: single)
  }
}
