import TestSupport
import Testing

@testable import NeuralNetwork

/// What has been prepared for one set of layers serves the next.
@Suite("Plans of one graph")
struct PlannerTests {
  /// Conv → BatchNormalization → Relu, a 1×1 convolution with a Relu, and an addition of a constant.
  private static let model: ONNXBuilder = {
    var model = FusionTests.model(["n", "r"])
    model.constant("u", [8, 6, 1, 1], noise(48, seed: 1))
    model.constant("c8", [1, 8, 1, 1], noise(8, seed: 2))
    model.node("Conv", ["r", "u"], ["d"])
    model.node("Relu", ["d"], ["e"])
    model.node("Add", ["e", "c8"], ["y"])
    model.output("y")
    return model
  }()

  private let graph: Graph
  private let planner: Planner
  private let engine: Engine
  private let root: Int

  init() throws {
    graph = try Self.model.withFile { path in try ONNXImporter.graph(at: path) { _ in [[1, 4, 5, 5]] } }
    engine = try Engine()
    root = try #require(graph.names["y"])
    planner = Planner(graph, outputs: [root], on: engine)
  }

  /// Runs forward, and back to the input, with some tensors kept.
  @discardableResult
  private func run(keeping names: [String] = []) throws -> (plan: Plan, output: Tensor, gradient: Tensor) {
    let plan = planner.plan(keeping: Set(names.compactMap { graph.names[$0] }))
    let input = engine.upload(Tensor(shape: [1, 4, 5, 5], noise(100, seed: 3)))
    let trace = try ActivationTrace(plan, inputs: [graph.inputs[0]: input], on: engine)
    let back = BackwardRun(
      root: root, gradient: engine.upload(Tensor(shape: [1, 8, 5, 5], noise(200, seed: 4))), rules: [.guided],
      targets: [graph.inputs[0]: 1])
    let gradients = try back.gradients(in: trace, on: engine)
    return (
      plan, try engine.download(#require(trace.activations[root])),
      try engine.download(#require(gradients[graph.inputs[0]]))
    )
  }

  private func prepared(_ plan: Plan) -> [PreparedConvolution] {
    plan.steps.compactMap { ($0.operation as? Convolution)?.prepared }
  }

  private func packings(_ plans: [Plan]) -> Int {
    let weights = plans.flatMap { prepared($0).map(\.weights) }
    return Dictionary(weights.map { (ObjectIdentifier($0), $0.packingCount) }) { first, _ in first }.values.reduce(0, +)
  }

  @Test("each set of kept tensors is planned once, whatever was asked for in between")
  func plans() throws {
    try run()
    try run(keeping: ["r"])
    try run(keeping: ["r", "d"])
    #expect(planner.planCount == 3)
    try run(keeping: ["d", "r"])
    try run()
    // Outputs and inputs are there in any case.
    try run(keeping: ["y", "x", "r"])
    #expect(planner.planCount == 3)
  }

  @Test("a layer that is there anyway costs nothing: what runs is the same", arguments: [["r"], ["e"], ["r", "e"]])
  func presentLayer(kept: [String]) throws {
    let first = try run()
    let count = packings([first.plan])
    #expect(count >= 4)
    let second = try run(keeping: kept)
    #expect(prepared(second.plan).map { ObjectIdentifier($0) } == prepared(first.plan).map { ObjectIdentifier($0) })
    #expect(packings([first.plan, second.plan]) == count)
    #expect(second.output == first.output)
    #expect(second.gradient == first.gradient)
  }

  @Test("a layer in front of a rectifier shares the packed weights with the convolution that has it fused in")
  func barrier() throws {
    let first = try run()
    let count = packings([first.plan])
    let second = try run(keeping: ["d"])
    #expect(second.plan.steps.count == first.plan.steps.count + 1)
    #expect(packings([first.plan, second.plan]) == count)
    #expect(try second.output.deviation(from: first.output) <= 1e-6)
  }

  @Test("only weights into which something else is folded are packed anew, and once")
  func folded() throws {
    let first = try run()
    let second = try run(keeping: ["c"])
    let count = packings([first.plan, second.plan])
    #expect(count > packings([first.plan]))
    let third = try run(keeping: ["c", "d"])
    #expect(packings([first.plan, second.plan, third.plan]) == count)
  }

  @Test("a constant that must be copied is copied once")
  func constants() throws {
    func constants(_ plan: Plan) -> [UnsafeMutableRawPointer] {
      plan.steps.flatMap(\.operands).compactMap { if case .constant(let memory) = $0 { memory.address } else { nil } }
    }
    let memory = ConstantMemory(on: engine)
    let bytes = Bytes([UInt8(0)] + [Float(1), 2].withUnsafeBytes { Array($0) })
    let odd = Constant(shape: [2], elementType: .float32, bytes: bytes[1..<9])
    let copy = memory.memory(of: odd, node: 3, operand: 1, allowsMisalignment: false)
    #expect(Array(copy.elements) == [1, 2])
    #expect(memory.memory(of: odd, node: 3, operand: 1, allowsMisalignment: false).address == copy.address)
    #expect(memory.memory(of: odd, node: 3, operand: 1, allowsMisalignment: true).address != copy.address)
    let first = constants(try run().plan)
    #expect(first.count == 1)
    #expect(constants(try run(keeping: ["d"]).plan) == first)
  }
}
