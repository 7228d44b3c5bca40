import ArgumentParser
import Foundation
import SitegenCommands
import TestSupport
import Testing

/// docs/pages/commands.md tells people what the parser of the command line knows.
@Suite("The reference of the command line")
struct CommandReferenceTests {
  /// What the parser tells of itself, as `sitegen --experimental-dump-help` prints it.
  private struct Tool: Decodable {
    let command: Command
  }

  private struct Command: Decodable {
    let commandName: String
    let abstract: String
    let discussion: String?
    let arguments: [Argument]?
    let subcommands: [Command]?
  }

  private struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
    }

    let kind: String
    let isOptional: Bool
    let isRepeating: Bool
    let shouldDisplay: Bool
    let preferredName: Name?
    let valueName: String?
    let defaultValue: String?
    let abstract: String?

    /// The argument as people write it: `--content <folder>`.
    var form: String {
      let value = "<\(valueName ?? "value")>"
      guard let name = preferredName, kind != "positional" else { return value }
      let dashes = name.kind == "long" ? "--" : "-"
      return "\(dashes)\(name.name)" + (kind == "flag" ? "" : " \(value)")
    }

    var usage: String {
      let repeated = form + (isRepeating ? " …" : "")
      return isOptional ? "[\(repeated)]" : repeated
    }

    var row: String {
      let standard = defaultValue.map { " Default: `\($0)`." } ?? ""
      return "| `\(form)` | \((abstract ?? "").prose.inCell)\(standard) |\n"
    }
  }

  private static func text(of command: Command, after parents: [String], _ sections: inout [String]) {
    let names = parents + [command.commandName]
    // Help can be had everywhere.
    let arguments = (command.arguments ?? []).filter { $0.shouldDisplay && $0.preferredName?.name != "help" }
      .filter { $0.preferredName?.name != "version" || parents.isEmpty }
    let subcommands = (command.subcommands ?? []).filter { $0.commandName != "help" }
    let path = names.joined(separator: " ")
    var text = "## \(path)\n\n\(command.abstract.prose)"
    if let discussion = command.discussion { text += " \(discussion.prose)" }
    text += "\n"
    if subcommands.isEmpty {
      text += "\n```text\n\(wrapped([path] + arguments.map(\.usage)))\n```\n"
      if !arguments.isEmpty { text += "\n| argument | meaning |\n| --- | --- |\n" + arguments.map(\.row).joined() }
    } else {
      text += "\n| command | what it does |\n| --- | --- |\n"
      for subcommand in subcommands {
        let name = "\(path) \(subcommand.commandName)"
        text += "| [`\(name)`](#\(name.replacing(" ", with: "-"))) | \(subcommand.abstract.prose.inCell) |\n"
      }
    }
    sections.append(text)
    for subcommand in subcommands { Self.text(of: subcommand, after: names, &sections) }
  }

  /// Words in lines of at most 66 characters, those behind the first indented.
  private static func wrapped(_ words: [String]) -> String {
    var lines = [words[0]]
    for word in words.dropFirst() {
      if lines[lines.count - 1].count + 1 + word.count > 66 {
        lines.append("    \(word)")
      } else {
        lines[lines.count - 1] += " \(word)"
      }
    }
    return lines.joined(separator: "\n")
  }

  @Test("it is what the parser knows")
  func isTrue() throws {
    let tool = try JSONDecoder().decode(Tool.self, from: Data(Sitegen._dumpHelp().utf8))
    var sections: [String] = []
    Self.text(of: tool.command, after: [], &sections)
    let parts = ["commands": sections.joined(separator: "\n")]
    #expect(try Document("docs/pages/commands.md").settled(parts) == parts)
    #expect(sections.count > 10)
  }
}

extension String {
  /// The text as Markdown: what stands in angle brackets is no HTML.
  fileprivate var prose: String { replacing("<", with: "\\<") }
}
