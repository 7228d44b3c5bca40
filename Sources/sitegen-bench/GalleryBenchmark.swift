import ArgumentParser
import Foundation

/// `sitegen-bench gallery`
struct GalleryBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gallery", abstract: "Times galleries of more and more experiments with small made-up pictures.",
    discussion: "Each experiment has a picture of its own and explains the best two classes by the standard methods.")

  @OptionGroup var options: BenchOptions

  @Option(help: "How many experiments; may be repeated.")
  var experiments: [Int] = [100, 1000, 10_000]

  @OptionGroup var model: MadeUpGallery.Model

  @Option(help: "The project's templates.")
  var templates = "templates"

  /// What was measured for one number of experiments.
  private struct Result: Encodable {
    var experiments: Int
    var cold: Series
    var unchanged: Series
    var oneEdit: Series
    /// Of the cold build.
    var millisecondsPerExperiment: Double
  }

  func run() throws {
    try printJSON(try experiments.map(result))
  }

  private func result(_ count: Int) throws -> Result {
    var cold: [Measurement] = []
    var unchanged: [Measurement] = []
    var oneEdit: [Measurement] = []
    try withScratchFolder { folder in
      let gallery = try MadeUpGallery(in: folder, experiments: count, model: model)
      for run in 0..<options.runs {
        for name in ["public", ".sitegen"] {
          try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
        }
        cold.append(try build(folder))
        try settle { try build(folder) }
        unchanged.append(try build(folder))
        try gallery.writePage(0, words: "Words of run \(run).")
        oneEdit.append(try build(folder))
      }
    }
    let series = Series(cold)
    return Result(
      experiments: count, cold: series, unchanged: Series(unchanged), oneEdit: Series(oneEdit),
      millisecondsPerExperiment: series.fastest * 1000 / Double(count))
  }

  private func build(_ folder: URL) throws -> Measurement {
    try ChildProcess.measure(
      options.program,
      [
        "build", "--content", folder.path + "/content", "--templates", templates, "--output", folder.path + "/public",
      ], in: folder)
  }
}
