import ArgumentParser
import Gallery

/// The folders that `build` and `check` read.
struct FolderOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The folder with the Markdown, the pictures and the models.", valueName: "folder"))
  var content = "content"

  @Option(help: ArgumentHelp("The folder with the Mustache templates.", valueName: "folder"))
  var templates = "templates"

  @Flag(help: "Include pages with `draft: true`.")
  var drafts = false
}
