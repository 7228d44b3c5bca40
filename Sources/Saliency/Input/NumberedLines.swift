import Foundation

/// A label file whose every line has its class's number: `0,tench`, `0: tench`, `0 tench`, `tench,0`.
struct NumberedLines {
  /// The lines without their numbers, in the order of the numbers.
  let names: [String]

  /// - Parameter lines: trimmed, none blank at the end.
  /// - Returns: `nil` where not every line has a number, or numbers may as well be parts of names.
  /// - Throws: `LabelFault` where the numbers are no sequence.
  init?(_ lines: [String]) throws(LabelFault) {
    guard let items = Self.items(of: lines) else { return nil }
    do throws(LabelFault) {
      names = try Self.inOrder(items)
    } catch {
      // “10 euros” and “20 euros” are names.
      guard items.allSatisfy(\.isSure) else { return nil }
      throw error
    }
  }

  private struct Item {
    var line = 0
    let number: Int
    let name: String
    /// Whether what parts the two is no mere blank.
    let isSure: Bool
  }

  /// The names from the lowest number on, which is 0 or 1.
  private static func inOrder(_ items: [Item]) throws(LabelFault) -> [String] {
    var places: [Int: Int] = [:]
    for (place, item) in items.enumerated() {
      if let earlier = places.updateValue(place, forKey: item.number) {
        throw LabelFault(
          "number \(item.number) stands on line \(items[earlier].line) too.", line: item.line,
          hint: "Give each class one line.")
      }
    }
    let first = min(items.map(\.number).min() ?? 0, 1)
    var names: [String] = []
    for number in first..<first + items.count {
      guard let place = places[number] else {
        throw LabelFault(
          "the lines are numbered, but none has the number \(number).",
          hint: "Number the \(items.count) classes from 0 to \(items.count - 1), or leave the numbers out.")
      }
      names.append(items[place].name)
    }
    return names
  }

  /// Every line's number and the rest of it; `nil` where a line other than a header has none.
  private static func items(of lines: [String]) -> [Item]? {
    let isDictionary = lines.first?.hasPrefix("{") == true
    let filled = lines.enumerated().filter { !$0.element.isEmpty && !["{", "}"].contains($0.element) }
    guard filled.count > 1 else { return nil }
    // A header says what the columns are; it is no class.
    let rows = isHeader(filled[0].element) ? filled.dropFirst() : filled[...]
    for parse in [leadingNumber, trailingNumber] {
      var items: [Item] = []
      for (line, text) in rows {
        guard var item = parse(isDictionary ? text.trimmingCharacters(in: dictionaryMarks) : text) else { break }
        item.line = line + 1
        items.append(item)
      }
      if items.count == rows.count { return items }
    }
    return nil
  }

  private static let dictionaryMarks = CharacterSet(charactersIn: "{}, ")

  private static func isHeader(_ line: String) -> Bool {
    let columns = line.split { ",;\t".contains($0) }.map { String($0).unquoted.lowercased() }
    let words: Set = [
      "index", "idx", "id", "class", "class_id", "classid", "number", "label", "name", "synset", "wnid",
    ]
    return columns.count > 1 && columns.contains(where: words.contains)
  }

  /// `0,tench`, `0: tench`, `0. tench`, `0 tench`, `"0","tench"`.
  private static func leadingNumber(of line: String) -> Item? {
    let isQuoted = line.hasPrefix("\"")
    let start = isQuoted ? line.dropFirst() : line[...]
    let digits = start.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits) else { return nil }
    var rest = start.dropFirst(digits.count)
    if isQuoted {
      guard rest.first == "\"" else { return nil }
      rest = rest.dropFirst()
    }
    // “3D printer” and “747” begin with a number but have none.
    guard let separator = rest.first, separators.contains(separator) else { return nil }
    let name = String(rest.drop { separators.contains($0) }).unquoted
    return name.isEmpty ? nil : Item(number: number, name: name, isSure: separator != " " && separator != ".")
  }

  private static let separators: Set<Character> = [",", ";", ":", ".", " ", "\t"]

  /// `tench,0` or `tench<tab>0`.
  private static func trailingNumber(of line: String) -> Item? {
    guard let separator = line.lastIndex(where: { ",;\t".contains($0) }),
      let number = Int(String(line[line.index(after: separator)...]).unquoted), number >= 0
    else { return nil }
    let name = String(line[..<separator]).unquoted
    // “screw, 8” is a name.
    return name.isEmpty ? nil : Item(number: number, name: name, isSure: false)
  }
}
