public import Diagnostics
public import NeuralNetwork

/// The words that a network reads or writes as numbers: word i, counted from 0, stands on line i + 1 of a file.
public struct WordList: Sendable {
  /// The words in order.
  public let words: [String]
  private let indices: [String: Int]

  /// Reads a file in UTF-8 with a word a line.
  ///
  /// - Throws: `Diagnostic` located at the file where it cannot be read, or has a blank line or a word twice.
  public init(contentsOfFile path: String) throws(Diagnostic) {
    let text: String
    do throws(LabelFault) {
      text = try NameFile.text(of: path, called: "vocabulary")
    } catch {
      throw error.diagnostic(file: path)
    }
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    while lines.last?.isEmpty == true { lines.removeLast() }
    var indices: [String: Int] = [:]
    for (index, word) in lines.enumerated() {
      let place = SourceLocation(file: path, line: index + 1)
      guard !word.isEmpty else {
        throw .error("the line is blank, so that word \(index) has no name.", at: place, hint: "Write the word.")
      }
      if let other = indices.updateValue(index, forKey: word) {
        throw .error("“\(word)” is word \(other) already.", at: place, hint: "Line n is word n−1: each stands once.")
      }
    }
    words = lines
    self.indices = indices
  }

  /// The word of an index, if the list has it.
  public func word(at index: Int) -> String? { words.indices.contains(index) ? words[index] : nil }

  /// The index of a word; that in lower case where the list has no other.
  public func index(of word: String) -> Int? { indices[word] ?? indices[word.lowercased()] }

  /// The index of a word.
  ///
  /// - Throws: `Diagnostic` with the nearest word where the list has none.
  public func required(_ word: String) throws(Diagnostic) -> Int {
    guard let index = index(of: word) else {
      throw .error("the vocabulary has no word “\(word)”.", hint: Suggestion.hint(for: word, in: words))
    }
    return index
  }

  /// The indices of a text's words.
  ///
  /// Words are what stands between blanks. A mark at the end or the beginning of one is a word of its own where the list has it,
  /// and is left out where it has not.
  ///
  /// - Throws: `DiagnosticList` with every word that the list does not have.
  public func indices(ofText text: String) throws -> [Int] {
    var faults = DiagnosticList()
    let found = try text.split(whereSeparator: \.isWhitespace).flatMap { part in
      try pieces(of: String(part)).compactMap { word in try faults.collect { try required(word) } }
    }
    try faults.throwIfErrors()
    return found
  }

  /// A word, and the marks around it that the list has.
  private func pieces(of part: String) -> [String] {
    if index(of: part) != nil { return [part] }
    var (before, word, behind): ([String], Substring, [String]) = ([], part[...], [])
    while let mark = word.first, mark.isPunctuation {
      before.append(String(mark))
      word.removeFirst()
    }
    while let mark = word.last, mark.isPunctuation {
      behind.insert(String(mark), at: 0)
      word.removeLast()
    }
    return before.filter { index(of: $0) != nil } + (word.isEmpty ? [] : [String(word)])
      + behind.filter { index(of: $0) != nil }
  }
}
