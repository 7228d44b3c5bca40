import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import NeuralNetwork

/// The ONNX standard's own test cases for operators, run forward: rtol 1e-3, atol 1e-7.
///
/// The cases lie in the folder `ONNX_NODE_TESTS`, or else with the reference data. Inputs of floats are activations as
/// far as the operator allows it; everything else is a constant, as it would be in a classifier.
@Suite("Operators agree with the ONNX standard", .enabled(if: ONNXNodeCase.isPresent, "\(ReferenceData.absence)"))
struct ONNXNodeTests {
  @Test("every case of the folder")
  func everyCase() throws {
    var tally = CaseTally()
    for name in try ONNXNodeCase.names() { tally.run(name) { try ONNXNodeCase(name).run() } }
    tally.report()
    #expect(tally.isClean)
  }
}

/// One folder of the standard's tests: `model.onnx`, and `input_N.pb` and `output_N.pb`, perhaps below `test_data_set_0`.
struct ONNXNodeCase {
  typealias Deviation = CaseTally.Deviation

  private static let folder =
    ProcessInfo.processInfo.environment["ONNX_NODE_TESTS"].map { URL(fileURLWithPath: $0) }
    ?? ReferenceData.url("onnx-node-tests")

  static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

  static func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      FileManager.default.fileExists(atPath: folder.appendingPathComponent($0 + "/model.onnx").path)
    }.sorted()
  }

  let model: String
  let inputs: [Constant]
  private let outputs: [Constant]

  init(_ name: String) throws {
    let folder = Self.folder.appendingPathComponent(name)
    let data = folder.appendingPathComponent("test_data_set_0")
    let place = FileManager.default.fileExists(atPath: data.path) ? data : folder
    func tensors(_ role: String) throws -> [Constant] {
      try (0...).lazy.map { place.appendingPathComponent("\(role)_\($0).pb").path }
        .prefix { FileManager.default.fileExists(atPath: $0) }
        .map { try TensorDecoder(folder: place.path).decode(ONNXTensor(Bytes(contentsOfFile: $0))) }
    }
    model = folder.appendingPathComponent("model.onnx").path
    inputs = try tensors("input")
    outputs = try tensors("output")
  }

  /// The case with as many activations as possible: all inputs of floats, or only the first, or none.
  func prepared() throws -> PreparedCase {
    let floats = inputs.indices.filter { inputs[$0].elementType == .float32 }
    var refusal: (any Error)?
    for activations in [Set(floats), Set(floats.prefix(1)), []] {
      do {
        return try PreparedCase(model: model, inputs: inputs, activations: activations)
      } catch let faults as DiagnosticList {
        refusal = refusal ?? faults
      }
    }
    throw refusal ?? Deviation(text: "there is no way to run it")
  }

  /// Runs the case forward.
  ///
  /// - Throws: `Deviation` where an output is another than the standard's.
  func run() throws {
    let prepared = try prepared()
    let trace = try prepared.trace(prepared.inputs)
    for (index, (output, expected)) in zip(prepared.graph.outputs, outputs).enumerated() {
      switch output.operand {
      case .constant(let constant): try compare(constant.shape, constant.floats, with: expected, index)
      case .value(let value):
        guard let memory = trace.activations[value] else { throw Deviation(text: "output \(index) is not computed") }
        let tensor = try prepared.engine.download(memory)
        try compare(tensor.shape, tensor.values, with: expected, index)
      }
    }
  }

  private func compare(_ shape: [Int], _ values: [Float], with expected: Constant, _ index: Int) throws {
    guard shape == expected.shape, values.count == expected.floats.count else {
      throw Deviation(text: "output \(index) has shape \(shape) and not \(expected.shape)")
    }
    for (position, (found, wanted)) in zip(values, expected.floats).enumerated() {
      guard agrees(found, with: wanted, relative: 1e-3, absolute: 1e-7) else {
        throw Deviation(text: "output \(index) has \(found) at \(position) and not \(wanted)")
      }
    }
  }
}

/// A case read as a graph: some inputs are activations, the others constants.
struct PreparedCase {
  let graph: Graph
  let engine: Engine
  /// The activations, one for each input of the graph.
  let inputs: [Tensor]
  private let plan: Plan

  init(model: String, inputs: [Constant], activations: Set<Int>) throws {
    let names = try ONNXModel(Bytes(contentsOfFile: model)).graph?.inputs.map(\.name) ?? []
    let constants = inputs.indices.filter { !activations.contains($0) }.map { (names[$0], inputs[$0]) }
    let values = activations.sorted().map { inputs[$0] }
    graph = try ONNXImporter.graph(at: model, constants: { _ in Dictionary(uniqueKeysWithValues: constants) }) { _ in
      values.map(\.shape)
    }
    self.inputs = values.map { Tensor(shape: $0.shape, $0.floats) }
    engine = try Engine()
    let computed = graph.outputs.compactMap { if case .value(let value) = $0.operand { value } else { nil } }
    plan = Planner(graph, outputs: Set(computed), on: engine).plan(keeping: [])
  }

  /// Runs the graph forward on other activations of the same shapes.
  func trace(_ inputs: [Tensor]) throws -> ActivationTrace {
    let memories = inputs.map { engine.upload($0) }
    return try ActivationTrace(
      plan, inputs: Dictionary(uniqueKeysWithValues: zip(graph.inputs, memories)), on: engine)
  }
}
