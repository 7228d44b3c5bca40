import ArgumentParser

/// `sitegen model`
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "List, look into and fetch networks.",
    subcommands: [ModelListCommand.self, ModelInspectCommand.self, ModelPullCommand.self])
}
