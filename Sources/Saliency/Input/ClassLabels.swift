public import Diagnostics
import Foundation

/// The names of a network's classes.
///
/// One class a line, counted from 0: an optional WordNet synset id (`n02123159`) and comma-separated synonyms, all of
/// which name the class.
public struct ClassLabels: Equatable, Sendable {
  /// One class.
  public struct Entry: Equatable, Sendable {
    /// The WordNet id, if the line has one.
    public let synset: String?
    /// The names; the first is the one to show.
    public let names: [String]
  }

  /// The classes in order.
  public let entries: [Entry]
  /// The classes of each name, in lower case, and of each synset id.
  private let indices: [String: [Int]]

  /// Parses a label file's text; blank lines at the end do not count.
  public init(text: String) {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    while lines.last?.isEmpty == true { lines.removeLast() }
    self.init(lines.map(Entry.init(line:)))
  }

  /// Labels for a network that comes without: `class 0`, `class 1`…
  public init(count: Int) {
    self.init((0..<count).map { Entry(synset: nil, names: ["class \($0)"]) })
  }

  private init(_ entries: [Entry]) {
    self.entries = entries
    var indices: [String: [Int]] = [:]
    for (index, entry) in entries.enumerated() {
      for name in Set(entry.names.map { $0.lowercased() } + [entry.synset].compactMap { $0 }) {
        indices[name, default: []].append(index)
      }
    }
    self.indices = indices
  }

  /// Reads a label file in UTF-8.
  ///
  /// - Parameter classCount: how many classes the network has.
  /// - Throws: `Diagnostic` located at the file, where it cannot be read or has another number of lines.
  public init(contentsOfFile path: String, classCount: Int) throws(Diagnostic) {
    let place = SourceLocation(file: path)
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .error("the label file cannot be read.", at: place)
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw .error("the label file is not UTF-8 text.", at: place, hint: "Save it as UTF-8.")
    }
    self.init(text: text)
    guard entries.count == classCount else {
      throw .error(
        "the label file has \(entries.count) lines, but the network has \(classCount) classes.", at: place,
        hint: "Line n names class n−1.")
    }
  }

  /// The class that `query` means: a name, a synset id, or an index. Case does not matter.
  ///
  /// - Parameter modelName: how messages call the network.
  /// - Throws: `Diagnostic` where it means none, or more than one.
  public func index(of query: String, modelName: String) throws(Diagnostic) -> Int {
    let matches = indices[query.lowercased()] ?? []
    if matches.count == 1 { return matches[0] }
    if matches.count > 1 {
      let choices = matches.map { "\($0) (\(entries[$0].names.joined(separator: ", ")))" }.joined(separator: " or ")
      throw .error(
        "class “\(query)” names \(matches.count) classes of \(modelName).", hint: "Give the index: \(choices).")
    }
    if let index = Int(query) {
      guard entries.indices.contains(index) else {
        throw .error("class \(query) does not exist: \(modelName) has classes 0 to \(entries.count - 1).")
      }
      return index
    }
    throw .error(
      "class “\(query)” is not a label of \(modelName).",
      hint: Suggestion.hint(for: query, in: entries.flatMap(\.names)))
  }
}

extension ClassLabels.Entry {
  fileprivate init(line: String) {
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    let startsWithSynset =
      words.first.map { $0.count == 9 && $0.hasPrefix("n") && $0.dropFirst().allSatisfy(\.isNumber) } ?? false
    synset = startsWithSynset ? words[0] : nil
    let rest = startsWithSynset ? words.dropFirst().joined() : line
    let list = rest.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    names = list.isEmpty ? [line] : list
  }
}
