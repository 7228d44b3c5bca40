import ArgumentParser
import Diagnostics
import Gallery

/// `sitegen model list`
struct ModelListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the model cards of the content folder.")

  @OptionGroup var cards: CardOptions

  func run() throws {
    try CommandRunner.run {
      let list = try ModelList(content: cards.content, followedLinks: cards.links.followed)
      CommandRunner.print(list.text)
      CommandRunner.report(list.faults)
      try list.faults.throwIfErrors()
    }
  }
}
