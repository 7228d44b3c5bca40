import ArgumentParser
import Gallery

/// `sitegen new experiment`
struct NewExperimentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiment",
    abstract: "Write an experiment; with a picture, about the classes that the network sees in it.")

  @Argument(help: "Its title, or the name of its file.")
  var name: String

  @Option(help: ArgumentHelp("A PNG or JPEG file, which is copied into the content.", valueName: "photo"))
  var image: String?

  @Option(help: "The model card that is asked. Default: the one that site.yml names, or the only one.")
  var model: String?

  @OptionGroup var cards: CardOptions

  func run() throws {
    try CommandRunner.run {
      let experiment = NewExperiment(
        name: name, image: image, model: model, content: cards.content, followedLinks: cards.links.followed)
      NewCommand.tell(of: try experiment.write())
    }
  }
}
