import Foundation

/// Labels in JSON: a list of names, names by index, indices by name, each name also as [synset id, name]; alone or as
/// `id2label` of a Hugging Face `config.json`.
enum JSONLabels {
  /// The classes in order, or `nil` where the text is no JSON.
  ///
  /// - Throws: `LabelFault` where it is JSON, but no labels.
  static func entries(of text: String) throws(LabelFault) -> [ClassLabels.Entry]? {
    guard let value = try? JSONSerialization.jsonObject(with: Data(text.utf8)) else {
      // A dictionary that Python printed, and names such as “[background]”, look like JSON only at first.
      let start = text.filter { !$0.isWhitespace }.prefix(2)
      guard ["{\"", "[\"", "[[", "[{"].contains(start) else { return nil }
      throw LabelFault("the label file begins like JSON, but is none.", hint: "Mend it, or write one class a line.")
    }
    if let list = value as? [Any] {
      return try list.enumerated().map { (index, item) throws(LabelFault) in try entry(item, index) }
    }
    guard let object = value as? [String: Any] else { throw .shape }
    return try entries(of: object["id2label"] as? [String: Any] ?? object)
  }

  private static func entries(of object: [String: Any]) throws(LabelFault) -> [ClassLabels.Entry] {
    var items: [Int: Any] = [:]
    for (key, value) in object {
      let byName = (value as? NSNumber).flatMap { Int(exactly: $0.doubleValue) }
      guard let index = Int(key) ?? byName else { throw .shape }
      guard items.updateValue(Int(key) == nil ? key : value, forKey: index) == nil else {
        throw LabelFault("class \(index) is named twice in the JSON.", hint: "Give each class one name.")
      }
    }
    return try (0..<items.count).map { (index) throws(LabelFault) in
      guard let item = items[index] else {
        throw LabelFault(
          "the JSON has \(items.count) classes, but none has the index \(index).",
          hint: "Number them from 0 to \(items.count - 1).")
      }
      return try entry(item, index)
    }
  }

  /// `"tench"` or `["n01440764", "tench"]`.
  private static func entry(_ item: Any, _ index: Int) throws(LabelFault) -> ClassLabels.Entry {
    if let name = item as? String, !name.isBlank { return ClassLabels.Entry(text: name) }
    if let parts = item as? [String], let first = parts.first, !parts.contains(where: \.isBlank) {
      guard ClassLabels.Entry.isSynset(first) else { return ClassLabels.Entry(synset: nil, names: parts) }
      return ClassLabels.Entry(synset: first, names: parts.count > 1 ? Array(parts.dropFirst()) : [first])
    }
    throw LabelFault(
      "class \(index) of the JSON has no name.", hint: "Give it a text, or a list of a synset id and a name.")
  }
}

extension LabelFault {
  fileprivate static let shape = LabelFault(
    "the JSON is no list of labels.", hint: "Write a list of names, or an object of names by index.")
}

extension String {
  fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
