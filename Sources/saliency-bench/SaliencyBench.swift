import ArgumentParser
import Foundation
import NeuralNetwork
import Saliency

/// Times a network's forward run, guided backward run and whole explanations, and prints JSON.
@main
struct SaliencyBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "saliency-bench",
    abstract: "Times forward runs, guided backward runs and whole explanations of ONNX classifiers.",
    discussion: """
      An explanation is guided backpropagation, Grad-CAM and Guided Grad-CAM of one class at one layer. Each figure is \
      the median of the counted runs after one warm-up. The thread count is OMP_NUM_THREADS.
      """)

  @Argument(help: "The .onnx files.")
  var models: [String]

  @Option(help: "Input size where the model leaves it open.")
  var size: Int = 224

  @Option(help: "Target layer; by default the one that the network's structure suggests.")
  var layer: String?

  @Option(help: "Counted runs.")
  var runs: Int = 5

  @Option(help: "How many classes to explain at once; may be repeated.")
  var classes: [Int] = [1, 3, 10]

  @Option(
    name: .customLong("method"), help: "A method to time by itself, for one class; may be repeated.")
  var methods: [String] = []

  @Option(help: "How many pictures to score without gradients, as methods that cover parts of the picture do.")
  var pictures: Int?

  @Flag(help: "Tell where the time goes, operation by operation, beside oneDNN's own convolutions.")
  var profile = false

  func validate() throws {
    guard runs > 0, classes.allSatisfy({ $0 > 0 }), pictures ?? 1 > 0, !models.isEmpty else {
      throw ValidationError("Give at least one model, one run, one class and one picture.")
    }
  }

  func run() throws {
    let results = try models.map { try ModelBenchmark(self, path: $0).result() }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(results), as: UTF8.self))
  }
}
