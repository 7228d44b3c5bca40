import ArgumentParser
import Foundation
import Imaging

/// A gallery of experiments with small made-up pictures; each explains the best two classes by the standard methods.
struct MadeUpGallery {
  /// The folder that has the content folder.
  let folder: URL

  /// The network of the gallery.
  struct Model: ParsableArguments {
    @Option(help: "The .onnx file.")
    var model: String

    @Option(help: "The side of the network's input in pixels.")
    var size: Int
  }

  /// Writes the content of a gallery of `count` experiments, each with a picture of its own.
  init(in folder: URL, experiments count: Int, model: Model) throws {
    self.folder = folder
    try folder.write("title: Benchmark\n", to: "content/site.yml")
    try folder.write(
      "---\ntitle: Net\nfile: net/model.onnx\ninput: {size: \(model.size)}\n---\n", to: "content/models/net.md")
    try folder.write("", to: "content/models/net/.keep")
    try FileManager.default.copyItem(
      at: URL(fileURLWithPath: model.model), to: folder.appendingPathComponent("content/models/net/model.onnx"))
    for number in 0..<count {
      try writePage(number, words: "Words.")
      try Data(Self.picture(number).pngData()).write(
        to: folder.appendingPathComponent("content/experiments/picture-\(number).png"))
    }
  }

  /// Writes the page of an experiment.
  func writePage(_ number: Int, words: String) throws {
    try folder.write(
      "---\ntitle: Experiment \(number)\nmodel: net\nimage: picture-\(number).png\ntop: 2\n---\n\(words)\n",
      to: "content/experiments/experiment-\(number).md")
  }

  /// A picture that no other number has: a disc on a slope.
  private static func picture(_ number: Int) throws -> Image {
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
