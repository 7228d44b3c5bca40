/// The commands of a shell script, each as its words: enough of a shell for what stands in documents.
enum ShellLines {
  /// The words of each simple command, what it is compared with, written to or read from left out.
  static func commands(of script: String) -> [[String]] {
    var commands: [[String]] = []
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isComment = false
    func flush() {
      if let found = word { words.append(found) }
      word = nil
    }
    func end() {
      flush()
      if !words.isEmpty { commands.append(words) }
      words = []
    }
    for character in script.replacing("\\\n", with: " ") {
      if isComment {
        guard character == "\n" else { continue }
        isComment = false
      }
      switch (quote, character) {
      case (let open?, character) where open == character: quote = nil
      case (_?, _): word = (word ?? "") + String(character)
      case (nil, "\""), (nil, "'"): (quote, word) = (character, word ?? "")
      case (nil, "#") where word == nil: isComment = true
      case (nil, "\n"), (nil, ";"), (nil, "&"), (nil, "|"), (nil, "("), (nil, ")"): end()
      case (nil, " "): flush()
      default: word = (word ?? "") + String(character)
      }
    }
    end()
    return commands
  }

  /// What `sitegen` is given by each command that runs it, by its name or by `swift run`.
  static func argumentsOfSitegen(in script: String) -> [[String]] {
    commands(of: script).compactMap { words in
      if words.first == "sitegen" { return Array(words.dropFirst()) }
      guard words.starts(with: ["swift", "run"]), let name = words.firstIndex(of: "sitegen") else { return nil }
      return Array(words[(name + 1)...])
    }
  }
}
