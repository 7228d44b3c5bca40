import ArgumentParser
import Foundation
import Gallery

/// `sitegen store`
struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "Look at what is kept for the next build.",
    subcommands: [Show.self, Prune.self], defaultSubcommand: Show.self)

  /// `sitegen store show`
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show the size of the store, and what no page uses.")

    @OptionGroup var folders: FolderOptions

    func run() throws {
      try CommandRunner.run {
        let report = try Gallery(folders.buildOptions).storeReport(prunes: false)
        CommandRunner.print("Used: \(StoreCommand.text(report.used)).")
        CommandRunner.print("Not used by any page: \(StoreCommand.text(report.unused)).")
      }
    }
  }

  /// `sitegen store prune`
  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Delete what no page uses.",
      discussion: """
        Drafts count only with --drafts. Sites that share a store lose each other's entries, except while they are being \
        built.
        """)

    @OptionGroup var folders: FolderOptions

    func run() throws {
      try CommandRunner.run {
        let report = try Gallery(folders.buildOptions).storeReport(prunes: true)
        CommandRunner.print("Deleted: \(StoreCommand.text(report.unused)).")
        CommandRunner.print("Kept: \(StoreCommand.text(report.used)).")
        if report.spared.entries > 0 {
          CommandRunner.print("Spared, since a build is running that may use it: \(StoreCommand.text(report.spared)).")
        }
      }
    }
  }

  private static func text(_ share: StoreReport.Share) -> String {
    "\(share.entries) entries, \(String(format: "%.1f", Double(share.bytes) / 1_048_576)) MiB"
  }
}
