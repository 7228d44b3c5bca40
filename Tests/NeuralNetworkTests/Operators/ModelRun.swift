import TestSupport

@testable import NeuralNetwork

/// A small model on the way that users' models take: imported, planned, run forward, and back from its first output.
struct ModelRun {
  let graph: Graph
  let plan: Plan
  private let engine: Engine
  private let inputs: [Tensor]
  let trace: ActivationTrace

  /// - Parameter kept: names of tensors that must not be fused away.
  init(_ model: ONNXBuilder, inputs: [Tensor], keeping kept: [String] = []) throws {
    let graph = try model.withFile { path in try ONNXImporter.graph(at: path) { _ in inputs.map(\.shape) } }
    let engine = try Engine()
    let outputs = Set(graph.outputs.compactMap { $0.operand.value })
    try self.init(
      graph, Planner(graph, outputs: outputs, on: engine).plan(keeping: Set(kept.compactMap { graph.names[$0] })),
      engine, inputs)
  }

  private init(_ graph: Graph, _ plan: Plan, _ engine: Engine, _ inputs: [Tensor]) throws {
    self.graph = graph
    self.plan = plan
    self.engine = engine
    self.inputs = inputs
    trace = try ActivationTrace(
      plan, inputs: Dictionary(uniqueKeysWithValues: zip(graph.inputs, inputs.map(engine.upload))), on: engine)
  }

  /// The same plan run on other inputs.
  func with(inputs: [Tensor]) throws -> ModelRun { try ModelRun(graph, plan, engine, inputs) }

  /// The value of the first output, which these models compute.
  private var root: Int { graph.outputs[0].operand.value ?? -1 }

  /// The first output.
  var output: Tensor {
    get throws { try activation(root) }
  }

  /// The tensor of this name.
  func tensor(named name: String) throws -> Tensor? { try graph.names[name].map(activation) }

  private func activation(_ value: Int) throws -> Tensor {
    guard let memory = trace.activations[value] else { return Tensor(shape: [0], []) }
    let tensor = try engine.download(memory)
    return Tensor(shape: graph.values[value].shape, tensor.values)
  }

  /// Runs a batch of gradients back from the first output.
  ///
  /// - Returns: for each gradient of the batch, what reaches each input; zeros where nothing does.
  func gradients(_ upstream: [[Float]], rules: [ReLURule]? = nil) throws -> [[Tensor]] {
    let seeds = Tensor(shape: graph.values[root].shape.batched(upstream.count), upstream.flatMap { $0 })
    let run = BackwardRun(
      root: root, gradient: engine.upload(seeds), rules: rules ?? upstream.map { _ in .standard },
      targets: Dictionary(uniqueKeysWithValues: graph.inputs.map { ($0, upstream.count) }))
    let found = try run.gradients(in: trace, on: engine)
    return try upstream.indices.map { index in
      try graph.inputs.map { input in
        let shape = graph.values[input].shape
        guard let batch = found[input] else { return Tensor(shape: shape) }
        return Tensor(shape: shape, try engine.download(batch.part(index, of: upstream.count)).values)
      }
    }
  }
}

extension Graph.Operand {
  fileprivate var value: Int? { if case .value(let value) = self { value } else { nil } }
}
