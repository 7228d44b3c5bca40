import ArgumentParser
import Foundation
import Imaging

/// `sitegen-bench gallery`
struct GalleryBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gallery", abstract: "Times galleries of more and more experiments with small made-up pictures.",
    discussion: "Each experiment has a picture of its own and explains the best two classes by the standard methods.")

  @OptionGroup var options: BenchOptions

  @Option(help: "How many experiments; may be repeated.")
  var experiments: [Int] = [100, 1000, 10_000]

  @Option(help: "The .onnx file.")
  var model: String

  @Option(help: "The side of the network's input in pixels.")
  var size: Int

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
      try prepare(folder, count)
      for run in 0..<options.runs {
        for name in ["public", ".sitegen"] {
          try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
        }
        cold.append(try build(folder))
        try settle { try build(folder) }
        unchanged.append(try build(folder))
        try writePage(0, words: "Words of run \(run).", in: folder)
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

  private func prepare(_ folder: URL, _ count: Int) throws {
    try folder.write("title: Benchmark\n", to: "content/site.yml")
    try folder.write(
      "---\ntitle: Net\nfile: net/model.onnx\ninput: {size: \(size)}\n---\n", to: "content/models/net.md")
    try folder.write("", to: "content/models/net/.keep")
    try FileManager.default.copyItem(
      at: URL(fileURLWithPath: model), to: folder.appendingPathComponent("content/models/net/model.onnx"))
    for number in 0..<count {
      try writePage(number, words: "Words.", in: folder)
      try Data(picture(number).pngData()).write(
        to: folder.appendingPathComponent("content/experiments/picture-\(number).png"))
    }
  }

  private func writePage(_ number: Int, words: String, in folder: URL) throws {
    try folder.write(
      "---\ntitle: Experiment \(number)\nmodel: net\nimage: picture-\(number).png\ntop: 2\n---\n\(words)\n",
      to: "content/experiments/experiment-\(number).md")
  }

  /// A picture that no other number has: a disc on a slope.
  private func picture(_ number: Int) throws -> Image {
    let side = 96
    let (x0, y0) = (Double(16 + number * 7 % 64), Double(16 + number * 13 % 64))
    var pixels: [UInt8] = []
    for y in 0..<side {
      for x in 0..<side {
        let isDisc = (Double(x) - x0) * (Double(x) - x0) + (Double(y) - y0) * (Double(y) - y0) < 144
        pixels += isDisc ? [UInt8(number & 255), UInt8(number >> 8 & 255), 200] : [UInt8(2 * x), UInt8(2 * y), 90]
      }
    }
    return try Image(width: side, height: side, pixels: pixels)
  }
}
