import ArgumentParser
import Foundation

/// Times whole builds, as processes of their own, and prints JSON.
@main
struct SitegenBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sitegen-bench",
    abstract: "Times builds of pages beside Hugo, of growing galleries and on a cluster, and edits in a preview.",
    subcommands: subcommands)

  #if os(Linux)
    private static let subcommands: [any ParsableCommand.Type] = [
      PagesBenchmark.self, GalleryBenchmark.self, PreviewBenchmark.self, ClusterBenchmark.self,
    ]
  #else
    private static let subcommands: [any ParsableCommand.Type] = [
      PagesBenchmark.self, GalleryBenchmark.self, PreviewBenchmark.self,
    ]
  #endif
}

/// The program that is timed.
struct ProgramOptions: ParsableArguments {
  @Option(help: "The program to time. Default: sitegen beside this program.")
  var sitegen: String?

  var program: String {
    sitegen
      ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("sitegen")
      .path
  }
}

/// The program that is timed, and how often.
struct BenchOptions: ParsableArguments {
  @OptionGroup var programOptions: ProgramOptions

  @Option(help: "Runs of each measurement.")
  var runs = 3

  func validate() throws {
    guard (1...100).contains(runs) else { throw ValidationError("--runs must be from 1 to 100.") }
  }

  var program: String { programOptions.program }
}

/// A folder that lives as long as `work`.
func withScratchFolder(_ work: (URL) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sitegen-bench-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try work(folder)
}

/// Waits until no file is younger than the coarsest clock of a file system, and builds once, unmeasured.
func settle(_ build: () throws -> Measurement) throws {
  Thread.sleep(forTimeInterval: 2.5)
  _ = try build()
}

extension URL {
  /// Writes a text file below this folder, making the folders it needs.
  func write(_ text: String, to path: String) throws {
    let file = appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}

/// Prints JSON with sorted keys.
func printJSON(_ value: some Encodable) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  print(String(decoding: try encoder.encode(value), as: UTF8.self))
}
