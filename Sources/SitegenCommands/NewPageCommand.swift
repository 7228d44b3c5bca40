import ArgumentParser
import Gallery

/// `sitegen new page`
struct NewPageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "page", abstract: "Write a page of text.")

  @Argument(help: "Its title, or the name of its file.")
  var name: String

  @OptionGroup var cards: CardOptions

  func run() throws {
    try CommandRunner.run { NewCommand.tell(of: try NewPage(name: name, content: cards.content).write()) }
  }
}
