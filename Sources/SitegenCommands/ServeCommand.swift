import ArgumentParser
import Foundation
import Gallery
import Server

/// `sitegen serve`
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Show the site in a browser on this machine, and keep it up to date while it is edited.",
    discussion: """
      No site is written. What is edited is seen at once in every page that is open; faults are shown over the last good \
      site until they are mended. Nobody on another machine can look. End it with Ctrl-C.
      """)

  @OptionGroup var folders: FolderOptions
  @OptionGroup var jobs: JobOptions

  @Option(help: "The port to serve at; 0 lets the system choose one.")
  var port: UInt16 = 8000

  func run() throws {
    var hasEnded = true
    try CommandRunner.run {
      let signals = EndingSignals()
      var options = folders.buildOptions
      options.jobs = jobs.jobs
      let server = try PreviewServer(options, port: port, tell: Self.tell)
      CommandRunner.print("Serving \(options.content) at \(server.address). End with Ctrl-C.")
      signals.wait()
      hasEnded = server.stop(within: .milliseconds(300))
    }
    // Where a network still runs, its threads must not meet a process that is being taken down around them.
    if !hasEnded { _exit(0) }
  }

  @Sendable private static func tell(_ report: PreviewReport) {
    switch report {
    case .progress(let line): CommandRunner.tell(line)
    case .polls(let reason):
      CommandRunner.say("note: the system does not tell of changes (\(reason)), so they are looked for twice a second.")
    case .faults(let faults):
      CommandRunner.report(faults)
      CommandRunner.say("The last good site stays until this is mended.")
    case .updated(let changes, let time):
      CommandRunner.report(changes.warnings)
      let milliseconds = Int((time / .milliseconds(1)).rounded(.up))
      CommandRunner.say("Up to date: \(changes.renderedPages.count) pages made in \(milliseconds) ms.")
    }
  }
}
