import ArgumentParser
import Gallery

/// The folders that all commands about a site read.
struct FolderOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The folder with the Markdown, the pictures and the models.", valueName: "folder"))
  var content = "content"

  @Option(
    help: ArgumentHelp(
      "The folder with files that take the place of the theme's: templates, style sheet, script. The standard one may be absent.",
      valueName: "folder"))
  var templates = BuildOptions.standardTemplates

  @Option(
    help: ArgumentHelp(
      "The folder that keeps results for the next build. Default: .sitegen/store beside the content.",
      valueName: "folder"))
  var store: String?

  @Flag(help: "Include pages with `draft: true`.")
  var drafts = false

  @OptionGroup var links: LinkOptions

  var buildOptions: BuildOptions {
    BuildOptions(
      content: content, templates: templates, includesDrafts: drafts, store: store, followedLinks: links.followed)
  }
}

/// Where links may lead.
struct LinkOptions: ParsableArguments {
  @Option(
    name: .customLong("follow-links"),
    help: ArgumentHelp(
      "A folder outside of the content that links in it may lead into; may be repeated.", valueName: "folder"))
  var followed: [String] = []
}

/// How much of the machine a command uses.
struct JobOptions: ParsableArguments {
  @Option(help: "How many processors to use. Default: all.")
  var jobs: Int?

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs must be from 1 to 1024.") }
  }
}
