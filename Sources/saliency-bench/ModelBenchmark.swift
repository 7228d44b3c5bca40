import Foundation
import NeuralNetwork
import Saliency

/// One model's figures.
struct ModelBenchmark {
  struct Result: Encodable {
    let model: String
    let layer: String
    let gigaFLOP: Double
    let loadMilliseconds: Double
    let firstExplanationMilliseconds: Double
    let forwardMilliseconds: Double
    let forwardGigaFLOPPerSecond: Double
    let guidedBackwardMilliseconds: Double
    let guidedBackwardGigaFLOPPerSecond: Double
    /// Milliseconds of a whole explanation, by the number of classes.
    let explanationMilliseconds: [String: Double]
    /// Milliseconds of one class, forward run included, by the methods asked for.
    let methodMilliseconds: [String: Double]
    /// If asked for.
    let scoring: Scoring?
    /// If asked for.
    let profile: ProfileSummary?
    /// High-water mark of the whole process so far.
    let peakMemoryMebibytes: Double
  }

  /// Many pictures run forward for the score of one class.
  struct Scoring: Encodable {
    let pictures: Int
    /// The median.
    let millisecondsPerPicture: Double
    /// The median of traced forward runs of the same pictures, in turns with these.
    let tracedMillisecondsPerPicture: Double
    /// By how much the process's high-water mark rose between the first picture and the last.
    let memoryGrowthMebibytes: Double
  }

  private let options: SaliencyBench
  private let path: String

  init(_ options: SaliencyBench, path: String) {
    self.options = options
    self.path = path
  }

  func result() throws -> Result {
    let clock = ContinuousClock()
    let start = clock.now
    let network = try load()
    let load = milliseconds(clock.now - start)
    guard let layer = try options.layer.map({ try network.layer(named: $0) }) ?? network.defaultLayer?.layer else {
      throw CocoaError(.featureUnsupported)
    }
    let input = randomInput(network.inputShape)
    let first = try milliseconds(clock.measure { try explain(network, input, layer, classes: 1) })
    let forward = try median { _ = try network.forward(input) }
    let trace = try network.forward(input)
    let backward = try median {
      _ = try trace.gradients([GradientRequest(classIndex: 0, rule: .guided, toInput: true)])
    }
    let gigaFLOP = Double(network.floatingPointOperations) / 1e9
    var explanations: [String: Double] = [:]
    for count in options.classes {
      explanations["\(count)"] = try median { try explain(network, input, layer, classes: count) }
    }
    var methods: [String: Double] = [:]
    for name in options.methods {
      let method = try Saliency.Method.named(name)
      methods[name] = try median { try explain(network, input, layer, classes: 1, by: [method]) }
    }
    let scoring = try options.pictures.map { try score($0, network, input) }
    let profile =
      options.profile ? ProfileSummary(try network.profile(input, classIndex: 0, runs: options.runs)) : nil
    return Result(
      model: URL(fileURLWithPath: path).lastPathComponent, layer: layer.name, gigaFLOP: gigaFLOP,
      loadMilliseconds: load,
      firstExplanationMilliseconds: first, forwardMilliseconds: forward,
      forwardGigaFLOPPerSecond: gigaFLOP / forward * 1e3, guidedBackwardMilliseconds: backward,
      guidedBackwardGigaFLOPPerSecond: gigaFLOP / backward * 1e3, explanationMilliseconds: explanations,
      methodMilliseconds: methods,
      scoring: scoring, profile: profile,
      peakMemoryMebibytes: peakMemory)
  }

  private func load() throws -> Network {
    do {
      return try Network(contentsOfFile: path)
    } catch {
      return try Network(contentsOfFile: path, inputShape: [1, 3, options.size, options.size])
    }
  }

  private func explain(
    _ network: Network, _ input: Tensor, _ layer: Layer, classes count: Int,
    by methods: [Saliency.Method] = Saliency.Method.standard
  ) throws {
    let explainer = try Explainer(network, input: input, layers: [layer])
    let classes = Array(0..<min(count, network.classCount))
    for explanation in try explainer.explain(classes, layers: [layer], methods: methods) {
      for method in methods { _ = try explanation.attribution(method, at: layer) }
    }
  }

  /// Each picture has another part of its values taken out.
  private func score(_ count: Int, _ network: Network, _ input: Tensor) throws -> Scoring {
    let scorer = try network.scorer(of: [.class(0)])
    _ = try scorer.scores(of: input)
    let before = peakMemory
    let part = max(1, input.values.count / count)
    let clock = ContinuousClock()
    let times = try (0..<count).map { index in
      var picture = input
      let start = min(index * part, input.values.count)
      for place in start..<min(start + part, input.values.count) { picture.values[place] = 0 }
      let traced = try clock.measure { _ = try network.forward(picture) }
      return (
        scored: milliseconds(try clock.measure { _ = try scorer.scores(of: picture) }), traced: milliseconds(traced)
      )
    }
    return Scoring(
      pictures: count, millisecondsPerPicture: times.map(\.scored).sorted()[count / 2],
      tracedMillisecondsPerPicture: times.map(\.traced).sorted()[count / 2],
      memoryGrowthMebibytes: peakMemory - before)
  }

  private func median(_ work: () throws -> Void) throws -> Double {
    let clock = ContinuousClock()
    try work()
    let times = try (0..<options.runs).map { _ in milliseconds(try clock.measure(work)) }
    return times.sorted()[times.count / 2]
  }

  private func milliseconds(_ duration: Duration) -> Double { duration / .milliseconds(1) }

  /// Standard normal values from a fixed seed.
  private func randomInput(_ shape: [Int]) -> Tensor {
    var state: UInt64 = 1
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (Double(state >> 11) + 0.5) / 0x1p53
    }
    var tensor = Tensor(shape: shape)
    for index in tensor.values.indices {
      tensor.values[index] = Float((-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform()))
    }
    return tensor
  }

  private var peakMemory: Double {
    var usage = rusage()
    // RUSAGE_SELF, which platforms import under different types.
    getrusage(0, &usage)
    #if os(macOS)
      return Double(usage.ru_maxrss) / 1_048_576
    #else
      return Double(usage.ru_maxrss) / 1024
    #endif
  }
}
