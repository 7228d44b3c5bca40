import Diagnostics
import Files
import Foundation
import NeuralNetwork
import Saliency

/// Measures the pictures of a data set, several at a time, and keeps what was found in the store, picture by picture.
struct EvaluationStep: Sendable {
  let model: LoadedModel
  let facts: NetworkFacts
  let identity: NetworkIdentity
  let networks: NetworkStore
  let cells: [Cell]
  let evidencePictures: Int
  let jobs: Int
  let progress: @Sendable (WorkProgress) throws -> Void

  /// What pictures take of which the store knows nothing.
  ///
  /// - Throws: `Diagnostic` where the network cannot be opened.
  func estimate(_ samples: [DataSet.Sample]) throws -> RunEstimate {
    let things = samples.map(\.things.count)
    var maps = RunEstimate()
    for cell in cells { maps.add(cell.method, at: cell.layer, input: facts.inputShape, targets: 1) }
    var estimate = RunEstimate()
    estimate.add(runs: samples.count * (maps.runs + cells.count))
    guard evidencePictures > 0 else { return estimate }
    let depths = try WeightRandomization(open).depths.count
    let curves = FaithfulnessMeter.runs(input: facts.inputShape, step: nil) * (cells.count + 1)
    for things in things.prefix(evidencePictures) {
      estimate.add(runs: things * curves + depths * (maps.runs + cells.count))
    }
    return estimate
  }

  /// Opens the network with other weights.
  private func open(weights: @escaping (_ name: String, _ weights: Tensor) throws -> Tensor) throws -> Network {
    try networks.open(identity, facts: facts, inputShape: model.input.shape, weights: weights)
  }

  /// What was found of each picture, in their order.
  ///
  /// - Throws: `DiagnosticList` with the faults of all pictures.
  func run(_ samples: [DataSet.Sample]) throws -> [SampleMeasure.Result] {
    let slots = Slots(jobs)
    let threads = ComputeThreads.count(of: model)
    let done = Guarded(0)
    let isStopped = Guarded(false)
    let workers = Parallel.run(samples.count, jobs: jobs) { next in
      var network: Network?
      var results: [(Int, Result<SampleMeasure.Result, any Error>)] = []
      while let index = next() {
        guard !isStopped.withLock(\.self) else { break }
        let outcome = slots.with(threads) {
          Result {
            ComputeThreads.use(threads)
            return try measured(samples[index], measuresEvidence: index < evidencePictures, &network)
          }
        }
        results.append((index, outcome))
        do {
          try done.withLock { done in
            done += 1
            try progress(WorkProgress(subject: "Evaluation", done: done, count: samples.count, unit: "pictures"))
          }
        } catch {
          results.append((index, .failure(error)))
          isStopped.withLock { $0 = true }
        }
      }
      ComputeThreads.use(Parallel.processorCount)
      return results
    }
    var faults = DiagnosticList()
    let results = try workers.joined().sorted { $0.0 < $1.0 }.compactMap { result in
      try faults.collect { try result.1.get() }
    }
    try faults.throwIfErrors()
    return results
  }

  /// - Parameter network: the worker's own, which is opened when it is needed first.
  private func measured(
    _ sample: DataSet.Sample, measuresEvidence: Bool, _ network: inout Network?
  ) throws -> SampleMeasure.Result {
    let measure = try SampleMeasure(sample, model, cells)
    let key = measure.key(identity, measuresEvidence: measuresEvidence)
    if let bytes = networks.store.read(.evaluations, key),
      let known = try? JSONDecoder().decode(SampleMeasure.Result.self, from: Data(bytes)),
      known.cells.count == cells.count
    {
      return known
    }
    let opened = try network ?? networks.open(identity, facts: facts, inputShape: model.input.shape)
    network = opened
    let opening: WeightRandomization.Opening = { weights in try open(weights: weights) }
    let result = try measure.result(opened, evidenceBy: measuresEvidence ? opening : nil)
    try networks.verify(identity)
    try networks.store.write(.evaluations, key, Array(JSONEncoder().encode(result)))
    return result
  }
}
