import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import NeuralNetwork

/// What is said of models that cannot be read: file → exact text.
@Suite("Faults of models")
struct ImportFaultTests {
  /// What reading a file of these bytes says, with the folder taken off.
  static func message(_ bytes: [UInt8], inputShape: [Int]? = nil) throws -> String {
    try TemporaryFolder.with { folder in
      let path = folder.appendingPathComponent("model.onnx").path
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      return Self.message(path, inputShape: inputShape).replacingOccurrences(of: folder.path + "/", with: "")
    }
  }

  static func message(_ path: String, inputShape: [Int]? = nil) -> String {
    do {
      _ = try Network(contentsOfFile: path, inputShape: inputShape)
      return "no fault"
    } catch let list as DiagnosticList {
      return list.description
    } catch {
      return "another kind of error: \(error)"
    }
  }

  // MARK: Files

  @Test("a path where there is no file")
  func missing() {
    #expect(Self.message("/nowhere/model.onnx") == "/nowhere/model.onnx: error: the model does not exist.")
  }

  @Test("a folder, and a pipe that nobody writes to")
  func noFile() throws {
    try TemporaryFolder.with { folder in
      #expect(Self.message(folder.path) == "\(folder.path): error: the model is not a file.")
      let pipe = folder.appendingPathComponent("pipe").path
      try #require(mkfifo(pipe, 0o600) == 0)
      #expect(Self.message(pipe) == "\(pipe): error: the model is not a file.")
    }
  }

  @Test(
    "files that are no models",
    arguments: [
      // An exporter and no more.
      ([0x12, 1, 0x61], "this is not an ONNX model: it holds no graph. Try an .onnx file."),
      (
        [UInt8](repeating: 0xff, count: 64),
        "this is not an ONNX model: its bytes make no sense. Try to copy or export the file again."
      ),
      // A graph of 100 bytes of which none is there.
      ([0x3a, 100], "this is not an ONNX model: it ends too early. Try to copy or export the file again."),
      // A graph that is a number.
      ([0x38, 1], "this is not an ONNX model: its bytes make no sense. Try to copy or export the file again."),
    ] as [([UInt8], String)])
  func noModel(bytes: [UInt8], expected: String) throws {
    #expect(try Self.message(bytes) == "model.onnx: error: " + expected)
  }

  // MARK: Whole models

  @Test(
    "operator sets that are too old or too new",
    arguments: [0, 29, 30, -1, Int.max])
  func operatorSet(opset: Int) throws {
    var model = ONNXBuilder(opset: opset)
    model.input("x", [1, 1, 1, 1])
    model.node("Relu", ["x"], ["y"])
    model.output("y")
    #expect(
      try Self.message(model.bytes)
        == "model.onnx: error: the model uses operator set \(opset); supported are 1 to 28. "
        + "Try exporting it with opset 17.")
  }

  @Test("every unsupported operator is named, and every other fault with them")
  func unsupported() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 3, 4, 4])
    model.node("NonMaxSuppression", ["x"], ["a"])
    model.node("Relu", ["a"], ["b"])
    model.node("Fancy", ["b"], ["c"], domain: "com.example")
    model.node("Concat", ["x"], ["d"], ["axis": 7])
    model.node("Relu", ["nobody"], ["e"])
    model.node("Sum", ["c", "d", "e"], ["y"])
    model.output("y")
    #expect(
      try Self.message(model.bytes) == """
        model.onnx: error: node “node_d” (Concat) has axis 7 for a tensor of rank 4.
        model.onnx: error: node “node_e” (Relu) reads “nobody”, which nothing computes. The file is damaged.
        model.onnx: error: 1 node uses an operator that sitegen does not support: “node_a” (NonMaxSuppression). \
        Take another network; docs/pages/operators.md lists the operators that sitegen runs.
        model.onnx: error: 1 node uses an operator that sitegen does not support: “node_c” (com.example.Fancy). \
        Only programs that know “com.example” run them. Export the model with operators of the ONNX standard alone.
        """)
  }

  static let advice: [(operatorType: String, domain: String, opset: Int, expected: String)] = [
    (
      "Celu", "", 9,
      "“node_a” (Celu, 2 times). The model says operator set 9, which has no such operator. Export it with operator set 12."
    ),
    (
      "RotaryEmbedding", "", 23,
      "“node_a” (RotaryEmbedding, 2 times). "
        + "Export the model with operator set 17, in which exporters spell such operators out."
    ),
    (
      "RotaryEmbedding", "", 17,
      "“node_a” (RotaryEmbedding, 2 times). "
        + "Take another network; docs/pages/operators.md lists the operators that sitegen runs."
    ),
    (
      "Conv", "com.microsoft.nchwc", 17,
      "“node_a” (com.microsoft.nchwc.Conv, 2 times). ONNX Runtime writes such operators when it optimises a model. Take the "
        + "model from before that, or save it with `graph_optimization_level = ORT_ENABLE_BASIC`."
    ),
    (
      "ATen", "org.pytorch.aten", 13,
      "“node_a” (org.pytorch.aten.ATen, 2 times). They are PyTorch's own. Export the model without ATen fallback."
    ),
  ]

  @Test("what to do about operators that are not supported", arguments: advice.indices)
  func hints(index: Int) throws {
    let (operatorType, domain, opset, expected) = Self.advice[index]
    var model = ONNXBuilder(opset: opset)
    model.input("x", [1, 3, 4, 4])
    model.node(operatorType, ["x"], ["a"], domain: domain)
    model.node(operatorType, ["a"], ["y"], domain: domain)
    model.output("y")
    #expect(
      try Self.message(model.bytes)
        == "model.onnx: error: 2 nodes use operators that sitegen does not support: " + expected)
  }

  @Test("a model in 8-bit integers is told as that, in one message")
  func quantized() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 3, 4, 4])
    model.constant("scale", [], [0.1])
    model.constant(ONNXTensorLiteral(shape: [], dataType: 3, name: "zero") { $0.bytes(9, [0]) })
    // Four-bit weights cannot even be read.
    model.constant(ONNXTensorLiteral(shape: [2], dataType: 22, name: "w") { $0.bytes(9, [0]) })
    model.node("QuantizeLinear", ["x", "scale", "zero"], ["a"])
    model.node("QLinearConv", ["a", "scale", "zero", "w", "scale", "zero", "scale", "zero"], ["b"])
    model.node("QLinearAdd", ["b", "b"], ["c"], domain: "com.microsoft")
    model.node("DequantizeLinear", ["c", "scale", "zero"], ["d"])
    model.node("Flatten", ["d"], ["y"])
    model.output("y")
    #expect(
      try Self.message(model.bytes) == """
        model.onnx: error: the model is quantised to integers of few bits, which have no gradients: 4 of its 5 nodes are \
        DequantizeLinear, QLinearAdd, QLinearConv, QuantizeLinear, the first “node_a”. \
        Take the float32 model that it was made from, or export the model without quantisation.
        """)
  }

  @Test("unused nodes may be of any kind")
  func unused() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 3, 1, 1])
    model.node("Relu", ["x"], ["y"])
    model.node("NonMaxSuppression", ["y"], ["z"])
    model.output("y")
    #expect(try Self.message(model.bytes) == "no fault")
  }

  @Test("nodes that wait for each other in a circle are named")
  func circle() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 1, 1, 1])
    model.node("Add", ["x", "y"], ["a"])
    model.node("Relu", ["a"], ["y"])
    model.output("y")
    #expect(
      try Self.message(model.bytes)
        == "model.onnx: error: node “node_a” (Add), node “node_y” (Relu) wait for each other in a circle. "
        + "The file is damaged.")
    var own = ONNXBuilder()
    own.input("x", [1, 1, 1, 1])
    own.node("Add", ["x", "y"], ["y"])
    own.output("y")
    #expect(
      try Self.message(own.bytes)
        == "model.onnx: error: node “node_y” (Add) reads what it computes itself. The file is damaged.")
  }

  @Test("two nodes that compute one tensor")
  func computedTwice() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 1, 1, 1])
    model.node("Relu", ["x"], ["a"])
    model.node("Neg", ["x"], ["a"])
    model.node("Relu", ["a"], ["y"])
    model.output("y")
    #expect(
      try Self.message(model.bytes)
        == "model.onnx: error: node “node_a” (Relu) and node “node_a” (Neg) both compute “a”. The file is damaged.")
  }

  @Test("models without an output, with one that nobody computes, and with one that is constant")
  func outputs() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 1, 1, 1])
    #expect(try Self.message(model.bytes) == "model.onnx: error: the model has no output.")
    model.constant("c", [1], [1])
    model.output("c")
    #expect(try Self.message(model.bytes) == "model.onnx: error: the output “c” does not depend on the input.")
  }

  @Test("an output that is no list of scores")
  func scores() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 3, 4, 4])
    model.node("Relu", ["x"], ["y"])
    model.output("y")
    #expect(
      try Self.message(model.bytes)
        == "model.onnx: error: the output “y” has shape 1×3×4×4, which is not one score for each class. "
        + "sitegen explains image classifiers.")
  }

  @Test("sparse weights")
  func sparse() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 1, 1, 1])
    // What nobody reads may be sparse.
    model.raw { graph in
      for name in ["w", "unread"] {
        graph.message(15) { $0.bytes(1, ONNXTensorLiteral(shape: [1], [1], name: name).bytes) }
      }
    }
    model.node("Add", ["x", "w"], ["y"])
    model.output("y")
    #expect(
      try Self.message(model.bytes)
        == "model.onnx: error: the weights “w” are sparse, which is not supported. Export the model with dense weights."
    )
  }

  @Test("initializers that nobody reads may be of any kind, and lie in files that are not there")
  func unreadInitializers() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 3, 1, 1])
    for dataType in [8, 17, 99] {
      model.constant(ONNXTensorLiteral(shape: [2], dataType: dataType, name: "unread \(dataType)") { _ in })
    }
    model.constant(
      ONNXTensorLiteral(shape: [2], dataType: 1, name: "elsewhere") { tensor in
        tensor.integer(14, 1)
        tensor.message(13) { entry in
          entry.string(1, "location")
          entry.string(2, "missing.bin")
        }
      })
    model.node("ArrayFeatureExtractor", ["unread 8", "x"], ["label"], domain: "ai.onnx.ml")
    model.node("Relu", ["x"], ["y"])
    model.output("y")
    #expect(try Self.message(model.bytes) == "no fault")
    try model.withFile { #expect(Network.externalFiles(ofModelAt: $0) == []) }
  }
}
