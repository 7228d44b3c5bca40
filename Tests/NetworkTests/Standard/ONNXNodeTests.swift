import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Network

/// Single operators with the answers of the standard's own tests, within the standard's tolerance.
///
/// Operators that the product does not have are counted, not failed.
@Suite("The ONNX standard's operators", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
struct ONNXNodeTests {
  enum Outcome: Equatable {
    case passed
    case failed(String)
    case unsupported(String)
  }

  @Test("forward")
  func nodes() throws {
    let cases = StandardCase.all(in: ReferenceData.url("onnx-node-tests", orVariable: "ONNX_NODE_TESTS"))
    #expect(!cases.isEmpty)
    var (passed, failed, unsupported) = (0, 0, 0)
    for testCase in cases {
      switch try Self.run(testCase) {
      case .passed: passed += 1
      case .failed(let reason):
        failed += 1
        Issue.record("\(testCase.testDescription): \(reason)")
      case .unsupported(let reason):
        unsupported += 1
        print("\(testCase.testDescription) is unsupported: \(reason)")
      }
    }
    print("ONNX node tests: \(passed) passed, \(failed) failed, \(unsupported) unsupported")
  }

  private static func run(_ testCase: StandardCase) throws -> Outcome {
    do {
      let model = try NodeModel(testCase)
      let expected = try testCase.messages("output").map(testCase.constant)
      for (index, (output, reference)) in zip(try model.outputs(), expected).enumerated() {
        let reference = Tensor(shape: reference.shape, reference.floats)
        guard output.isNear(reference, relative: 1e-3, absolute: 1e-7) else {
          return .failed("output \(index) is \(output), not \(reference)")
        }
      }
      return .passed
    } catch let list as DiagnosticList {
      // What is left out on purpose says so.
      let reason = list.all.map(\.summary).joined(separator: " ")
      return reason.contains("support") ? .unsupported(reason) : .failed(reason)
    } catch let diagnostic as Diagnostic {
      return diagnostic.summary.contains("support")
        ? .unsupported(diagnostic.summary) : .failed(diagnostic.summary)
    } catch let error as OneDNNError {
      return .failed(error.description)
    }
  }
}

/// The model of a case, made into one that the product reads: integer inputs and those that must be known when a model
/// is loaded become initializers, and an output that does not depend on an input gets a zero added.
private struct NodeModel {
  private let testCase: StandardCase
  private let source: ONNXGraph
  private let inputs: [Bytes]

  init(_ testCase: StandardCase) throws {
    self.testCase = testCase
    source = try #require(ONNXModel(Bytes(mapping: testCase.modelPath)).graph)
    inputs = try testCase.messages("input")
  }

  /// The outputs, with as many inputs variable as the operator takes.
  func outputs() throws -> [Tensor] {
    let constants = try inputs.map(testCase.constant)
    let floats = Set(constants.indices.filter { constants[$0].elementType == .float32 })
    do {
      return try outputs(constants, variables: floats)
    } catch let list as DiagnosticList where list.description.contains("only a constant is supported there") {
      return try outputs(constants, variables: floats.intersection([0]))
    }
  }

  private func outputs(_ constants: [Constant], variables: Set<Int>) throws -> [Tensor] {
    var model = try ModelEditor(testCase.modelPath)
    var tensors: [Tensor] = []
    for (index, name) in source.inputs.map(\.name).enumerated() where index < constants.count {
      if variables.contains(index) {
        tensors.append(Tensor(shape: constants[index].shape, constants[index].floats))
      } else {
        model.initialize(name, inputs[index])
      }
    }
    do {
      return try Self.run(model.bytes, tensors)
    } catch let list as DiagnosticList where list.description.contains("does not depend on the input") {
      model.addZero()
      return try Self.run(model.bytes, tensors + [Tensor(shape: [1])])
    }
  }

  private static func run(_ model: [UInt8], _ inputs: [Tensor]) throws -> [Tensor] {
    try TemporaryFolder.with { folder in
      let path = folder.appendingPathComponent("model.onnx").path
      try Data(model).write(to: URL(fileURLWithPath: path))
      let graph = try ONNXImporter.graph(at: path) { _ in inputs.map(\.shape) }
      let engine = try Engine()
      let plan = Plan(graph, outputs: Set(graph.outputs), keeping: [], on: engine)
      let trace = try ActivationTrace(
        plan, inputs: Dictionary(uniqueKeysWithValues: zip(graph.inputs, inputs.map(engine.upload))), on: engine)
      return try graph.outputs.map { output in
        let values = try #require(trace.activations[output])
        return Tensor(shape: graph.values[output].shape, try engine.download(values).values)
      }
    }
  }
}

/// An ONNX file to which initializers and nodes are added.
private struct ModelEditor {
  private var graph = ProtobufWriter()
  private var rest = ProtobufWriter()
  /// Their names in the model, and those under which they leave it.
  private var outputs: [(name: String, outer: String)] = []

  init(_ path: String) throws {
    var reader = WireReader(try Bytes(mapping: path))
    while let field = try reader.next() {
      switch (field.number, field.value) {
      case (7, .bytes(let message)):
        var fields = WireReader(message)
        // Outputs are written anew, since they may get other names.
        while let field = try fields.next() {
          guard case .bytes(let bytes) = field.value else { continue }
          if field.number == 12 {
            let name = try ONNXValueInfo(bytes).name
            outputs.append((name, name))
          } else {
            graph.bytes(field.number, Array(bytes.buffer))
          }
        }
      case (8, .bytes(let message)): rest.bytes(8, Array(message.buffer))
      default: break
      }
    }
  }

  mutating func initialize(_ name: String, _ tensor: Bytes) {
    var named = ProtobufWriter()
    named.string(8, name)
    graph.bytes(5, Array(tensor.buffer) + named.bytes)
  }

  /// Adds an input, which is to be zero, to every output.
  mutating func addZero() {
    graph.message(11) { $0.string(1, "zero") }
    for index in outputs.indices {
      let name = outputs[index].name
      outputs[index].outer = "\(name)+0"
      graph.message(1) { node in
        for input in [name, "zero"] { node.string(1, input) }
        node.string(2, "\(name)+0")
        node.string(4, "Add")
      }
    }
  }

  var bytes: [UInt8] {
    var graph = graph
    for output in outputs { graph.message(12) { $0.string(1, output.outer) } }
    var model = rest
    model.bytes(7, graph.bytes)
    return model.bytes
  }
}
