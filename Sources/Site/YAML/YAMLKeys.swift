/// A key of a mapping, with what people are told of it.
struct YAMLKey: Sendable {
  /// The key.
  let name: String
  /// A value as it may stand behind it.
  let example: String
  /// What it says, what it may be, and what holds without it: Markdown.
  let meaning: String

  init(_ name: String, _ example: String, _ meaning: String) {
    self.name = name
    self.example = example
    self.meaning = meaning
  }
}

/// The keys that a mapping may have. What is not among them is a fault, whoever reads it; so a key that works is one that
/// stands here, with its meaning.
struct YAMLKeys: Sendable {
  /// What the mapping belongs to, for messages: “a page's front matter”, “site.yml”, “an explain block”.
  let owner: String
  /// The keys, in the order in which people are told of them.
  let all: [YAMLKey]

  init(of owner: String, _ all: [YAMLKey]) {
    self.owner = owner
    self.all = all
  }

  /// The names of the keys.
  var names: [String] { all.map(\.name) }
}
