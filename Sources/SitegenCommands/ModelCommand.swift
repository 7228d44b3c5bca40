import ArgumentParser

/// `sitegen model`
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "List, look into, compare and fetch networks.",
    subcommands: [
      ModelListCommand.self, ModelInspectCommand.self, ModelCheckCommand.self, ModelPullCommand.self,
    ])
}
