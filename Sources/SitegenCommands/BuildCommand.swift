import ArgumentParser
import Foundation
import Gallery

/// `sitegen build`
struct BuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Build the site.",
    discussion: """
      Nothing is written before everything is known to be right; after a fault the old site stands. What an earlier \
      build has computed is taken from the store, and files that have not changed are not written again. Files in the \
      folder that no build wrote stay. Another build of the same folder is waited for.
      """)

  @OptionGroup var folders: FolderOptions
  @OptionGroup var jobs: JobOptions

  @Option(help: ArgumentHelp("The folder that the site is written to.", valueName: "folder"))
  var output = "public"

  @Flag(help: "Replace the site in one step, or not at all where that cannot be done.")
  var atomic = false

  @Option(
    help: ArgumentHelp("The address that the site will have, in place of `url` in site.yml.", valueName: "address"))
  var url: String?

  func validate() throws {
    guard let url, BuildOptions.url(url) == nil else { return }
    throw ValidationError("--url must be an address like https://example.org/gallery/, not “\(url)”.")
  }

  func run() throws {
    try CommandRunner.run {
      let start = ContinuousClock.now
      var options = folders.buildOptions
      options.output = output
      options.jobs = jobs.jobs
      options.isAtomic = atomic
      options.url = url.flatMap(BuildOptions.url)
      let progress = BuildProgress()
      defer { progress.end() }
      let report = try Gallery(options, progress: progress.show).build()
      progress.end()
      CommandRunner.report(report.warnings)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      CommandRunner.print(
        "Built \(report.pages) pages with \(report.explanations) explanations of \(report.pictures) pictures in "
          + "\(output) (\(String(format: "%.2f", seconds)) s).")
      if report.isUnchanged { return CommandRunner.print("Nothing has changed.") }
      CommandRunner.print(
        CommandRunner.work(painted: report.paintedPictures, runs: report.networkRuns, utilization: report.utilization)
          + " \(report.writtenFiles) files written, \(report.removedFiles) removed, \(report.unchangedFiles) unchanged."
      )
    }
  }
}
