import ArgumentParser

/// Where a command that takes a model looks for its card.
struct CardOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The folder in which card names are looked up.", valueName: "folder"))
  var content = "content"

  @OptionGroup var links: LinkOptions
}
