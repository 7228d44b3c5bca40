public import Diagnostics
import Files
import Foundation

/// The names of a network's classes.
///
/// A label file has one class a line, counted from 0: an optional WordNet synset id (`n02123159`) and comma-separated
/// synonyms, all of which name the class. `LabelParser` lists the other formats that are read.
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

  /// Labels for a network that comes without: `class 0`, `class 1`…
  public init(count: Int) {
    self.init((0..<count).map { Entry(synset: nil, names: ["class \($0)"]) })
  }

  private init(_ entries: [Entry]) {
    self.entries = entries
    var indices: [String: [Int]] = [:]
    for (index, entry) in entries.enumerated() {
      for name in Set(entry.names.map(Self.key) + [entry.synset].compactMap { $0 }) {
        indices[name, default: []].append(index)
      }
    }
    self.indices = indices
  }

  /// Names are the same whatever their case, and whether a file writes blanks or underscores.
  private static func key(_ name: String) -> String { name.lowercased().replacingOccurrences(of: "_", with: " ") }

  /// Reads a label file in UTF-8.
  ///
  /// - Parameter classCount: how many classes the network has.
  /// - Throws: `Diagnostic` located at the file, where it cannot be read, is no list of labels, or names another number of
  ///   classes.
  public init(contentsOfFile path: String, classCount: Int) throws(Diagnostic) {
    self.init(try Self.entries(ofFile: path))
    guard entries.count == classCount else {
      throw .error(
        "the label file has \(entries.count) lines, but the network has \(classCount) classes.",
        at: SourceLocation(file: path),
        hint: "Line n names class n−1.")
    }
  }

  /// How many classes a label file names, or `nil` where it cannot be read.
  public static func count(inFile path: String) -> Int? { try? entries(ofFile: path).count }

  private static func entries(ofFile path: String) throws(Diagnostic) -> [Entry] {
    do throws(LabelFault) {
      return try LabelParser.entries(of: try NameFile.text(of: path, called: "label file"))
    } catch {
      throw error.diagnostic(file: path)
    }
  }

  /// The class that `query` means: a name, a synset id, or an index. Case does not matter.
  ///
  /// `label:7` is always a name and `index:7` always an index, for labels that are numbers.
  ///
  /// - Parameter modelName: how messages call the network.
  /// - Throws: `Diagnostic` where it means none, or more than one.
  public func index(of query: String, modelName: String) throws(Diagnostic) -> Int {
    if let number = query.dropping(prefix: "index:").flatMap({ Int($0) }) { return try checked(number, modelName) }
    let name = query.dropping(prefix: "label:")
    let matches = indices[Self.key(name ?? query)] ?? []
    if matches.count > 1 {
      let choices = matches.map { "\($0) (\(entries[$0].names.joined(separator: ", ")))" }.joined(separator: " or ")
      throw .error(
        "class “\(query)” names \(matches.count) classes of \(modelName).", hint: "Give the index: \(choices).")
    }
    let number = name == nil ? Int(query) : nil
    if let match = matches.first {
      guard let number, number != match, entries.indices.contains(number) else { return match }
      throw .error(
        "class “\(query)” means two classes of \(modelName): it is the label of class \(match), and the index of "
          + "“\(entries[number].names[0])”.",
        hint: "Write “label:\(query)” or “index:\(query)”.")
    }
    if let number { return try checked(number, modelName) }
    throw .error(
      "class “\(query)” is not a label of \(modelName).",
      hint: Suggestion.hint(for: query, in: entries.flatMap(\.names)))
  }

  private func checked(_ index: Int, _ modelName: String) throws(Diagnostic) -> Int {
    guard entries.indices.contains(index) else {
      throw .error("class \(index) does not exist: \(modelName) has classes 0 to \(entries.count - 1).")
    }
    return index
  }
}

extension String {
  fileprivate func dropping(prefix: String) -> String? { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil }
}
