import ArgumentParser
import Foundation
import Gallery

/// `sitegen compute`
struct ComputeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compute", abstract: "Fill the store with a part of the explanations.",
    discussion: """
      Run it once for each part, on as many machines as you like, with one store for all or a store for each, copied \
      together afterwards. A build with the filled store then runs no network. A part may be run again at any time: what \
      the store has is not computed again.
      """)

  @OptionGroup var folders: FolderOptions
  @OptionGroup var jobs: JobOptions

  @Option(
    help: ArgumentHelp("Which part of how many: 1/4 is the first of four. Default: everything.", valueName: "i/n"),
    transform: { text in
      guard let shard = Shard(text) else { throw ValidationError("“\(text)” is no part; 1/4 is the first of four.") }
      return shard
    })
  var shard = Shard.whole

  func run() throws {
    try CommandRunner.run {
      let start = ContinuousClock.now
      var options = folders.buildOptions
      options.jobs = jobs.jobs
      let progress = BuildProgress()
      defer { progress.end() }
      let report = try Gallery(options, progress: progress.show).compute(shard)
      progress.end()
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      CommandRunner.print("Part \(shard) has \(report.pictures) pictures (\(String(format: "%.2f", seconds)) s).")
      CommandRunner.print(
        CommandRunner.work(painted: report.paintedPictures, runs: report.networkRuns, utilization: report.utilization))
    }
  }
}
