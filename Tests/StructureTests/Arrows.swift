import Foundation

/// Which folders of a room mention names that others of its folders declare.
///
/// Two kinds of names tell: types, and members that an extension adds to a type of another folder, as far as nobody else
/// declares the name.
struct Arrows {
  /// A folder that knows another one.
  struct Arrow: Hashable, Comparable, CustomStringConvertible {
    let from: String
    let to: String

    var description: String { "\(from.isEmpty ? "." : from) → \(to.isEmpty ? "." : to)" }

    static func < (a: Arrow, b: Arrow) -> Bool { (a.from, a.to) < (b.from, b.to) }
  }

  /// The names behind each arrow.
  private(set) var names: [Arrow: Set<String>] = [:]

  /// Members that are called like some of the standard library: whose they are cannot be told.
  private static let ambiguous: Set = ["map", "zip"]

  /// - Parameter sources: each with its folder.
  init(_ sources: [(folder: String, source: SwiftSource)]) {
    var homes: [String: Set<String>] = [:]
    var declaring: [String: Set<String>] = [:]
    for (folder, source) in sources {
      for type in source.types { homes[type, default: []].insert(folder) }
      for name in source.declared { declaring[name, default: []].insert(folder) }
    }
    var additions: [String: String] = [:]
    for (folder, source) in sources {
      for (member, type) in source.additions
      where homes[type] != [folder] && declaring[member]?.count == 1 && !Self.ambiguous.contains(member) {
        additions[member] = folder
      }
    }
    for (folder, source) in sources {
      for type in source.words.subtracting(source.declared) {
        // A type that several folders have is each one's own.
        if let home = homes[type], home.count == 1, let to = home.first { note(folder, to, type) }
      }
      for member in source.members.subtracting(source.declared) {
        if let to = additions[member] { note(folder, to, member) }
      }
    }
  }

  private mutating func note(_ from: String, _ to: String, _ name: String) {
    if from != to { names[Arrow(from: from, to: to), default: []].insert(name) }
  }

  /// The arrows that do not go to what comes earlier in `order`.
  func upward(in order: [String]) -> [Arrow] {
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    return names.keys.filter { places[$0.to] ?? .max >= places[$0.from] ?? 0 }.sorted()
  }
}
