import Foundation

/// Writes small ONNX models, so that tests reach operators the way that users' files do.
///
///     var model = ONNXBuilder(opset: 17)
///     model.input("x", [1, 3, 4, 4])
///     model.constant("w", [2, 3, 1, 1], weights)
///     model.node("Conv", ["x", "w"], ["y"], ["strides": [2, 2]])
///     model.output("y")
public struct ONNXBuilder: Sendable {
  private var opset: Int
  private var graph = ProtobufWriter()
  private var functions = ProtobufWriter()

  /// Begins a model without nodes.
  public init(opset: Int = 17) {
    self.opset = opset
  }

  /// Adds an input; a negative size is an open one, `nil` leaves the shape out.
  public mutating func input(_ name: String, _ shape: [Int]?, elementType: Int = 1) {
    graph.message(11) { Self.write(name, shape, elementType, to: &$0) }
  }

  /// Adds an output.
  public mutating func output(_ name: String, elementType: Int = 1) {
    graph.message(12) { Self.write(name, nil, elementType, to: &$0) }
  }

  /// Adds an initializer of float32 values.
  public mutating func constant(_ name: String, _ shape: [Int], _ values: [Float]) {
    constant(ONNXTensorLiteral(shape: shape, values, name: name))
  }

  /// Adds an initializer of int64 values.
  public mutating func integers(_ name: String, _ shape: [Int], _ values: [Int]) {
    constant(ONNXTensorLiteral(shape: shape, integers: values, name: name))
  }

  /// Adds an initializer that is a list of int64 values.
  public mutating func integers(_ name: String, _ values: [Int]) { integers(name, [values.count], values) }

  /// Adds any initializer.
  public mutating func constant(_ tensor: ONNXTensorLiteral) { graph.bytes(5, tensor.bytes) }

  /// Adds a node. Its name is its first output's with `node_` in front.
  public mutating func node(
    _ operatorType: String, _ inputs: [String], _ outputs: [String], _ attributes: [String: ONNXAttributeLiteral] = [:],
    domain: String = ""
  ) {
    let call = ONNXCall(operatorType, inputs, outputs, attributes, domain: domain)
    graph.message(1, call.write)
  }

  /// Adds a function of the model's own, in the domain `own`.
  ///
  /// - Parameters:
  ///   - attributes: names that calls may give.
  ///   - defaults: attributes that calls may leave out.
  ///   - opset: version of the standard operator set inside; `nil` says nothing.
  public mutating func function(
    _ name: String, _ inputs: [String], _ outputs: [String], attributes: [String] = [],
    defaults: [String: ONNXAttributeLiteral] = [:], opset: Int? = 17, _ calls: [ONNXCall]
  ) {
    functions.message(25) { function in
      function.string(1, name)
      for input in inputs { function.string(4, input) }
      for output in outputs { function.string(5, output) }
      for attribute in attributes { function.string(6, attribute) }
      for call in calls { function.message(7, call.write) }
      if let opset {
        function.message(9) { set in
          set.string(1, "")
          set.integer(2, opset)
        }
      }
      function.string(10, "own")
      for (name, value) in defaults.sorted(by: { $0.key < $1.key }) {
        function.message(11) { value.write(name, to: &$0) }
      }
    }
  }

  /// Changes the graph message itself, for what no other function can say.
  public mutating func raw(_ change: (inout ProtobufWriter) -> Void) { change(&graph) }

  /// The model as it stands in an .onnx file.
  public var bytes: [UInt8] {
    var model = ProtobufWriter()
    model.integer(1, 8)
    model.bytes(7, graph.bytes)
    model.message(8) { set in
      set.string(1, "")
      set.integer(2, opset)
    }
    return model.bytes + functions.bytes
  }

  /// The graph alone, as a branch of an `If` holds it.
  public var graphBytes: [UInt8] { graph.bytes }

  /// Writes the model to a temporary file, calls `body` with its path, and removes the file.
  public func withFile<Result>(_ body: (String) throws -> Result) throws -> Result {
    try TemporaryFolder.with { folder in
      let path = folder.appendingPathComponent("model.onnx").path
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      return try body(path)
    }
  }

  private static func write(_ name: String, _ shape: [Int]?, _ elementType: Int, to info: inout ProtobufWriter) {
    info.string(1, name)
    info.message(2) { type in
      type.message(1) { tensor in
        tensor.integer(1, elementType)
        guard let shape else { return }
        tensor.message(2) { dimensions in
          for (axis, size) in shape.enumerated() {
            dimensions.message(1) { size < 0 ? $0.string(2, "axis\(axis)") : $0.integer(1, size) }
          }
        }
      }
    }
  }
}

/// A node.
public struct ONNXCall: Sendable {
  private let operatorType: String
  private let domain: String
  private let inputs: [String]
  private let outputs: [String]
  private let attributes: [String: ONNXAttributeLiteral]

  /// A node. Its name is its first output's with `node_` in front.
  public init(
    _ operatorType: String, _ inputs: [String], _ outputs: [String], _ attributes: [String: ONNXAttributeLiteral] = [:],
    domain: String = ""
  ) {
    self.operatorType = operatorType
    self.domain = domain
    (self.inputs, self.outputs, self.attributes) = (inputs, outputs, attributes)
  }

  func write(to node: inout ProtobufWriter) {
    for input in inputs { node.string(1, input) }
    for output in outputs { node.string(2, output) }
    node.string(3, "node_" + (outputs.first ?? ""))
    node.string(4, operatorType)
    for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
      node.message(5) { value.write(name, to: &$0) }
    }
    node.string(7, domain)
  }
}

/// The value of a node's attribute.
public enum ONNXAttributeLiteral: Sendable, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, ExpressibleByArrayLiteral
{
  /// INT.
  case integer(Int)
  /// FLOAT.
  case float(Float)
  /// STRING.
  case string(String)
  /// INTS.
  case integers([Int])
  /// FLOATS.
  case floats([Float])
  /// TENSOR.
  case tensor(ONNXTensorLiteral)
  /// GRAPH.
  case graph(ONNXBuilder)
  /// A reference to an attribute of the function around.
  case reference(String)
  /// A type without a value, as proto3 writers leave zeros out.
  case zero(type: Int)

  /// INT.
  public init(integerLiteral value: Int) { self = .integer(value) }

  /// FLOAT.
  public init(floatLiteral value: Float) { self = .float(value) }

  /// STRING.
  public init(stringLiteral value: String) { self = .string(value) }

  /// INTS.
  public init(arrayLiteral elements: Int...) { self = .integers(elements) }

  func write(_ name: String, to attribute: inout ProtobufWriter) {
    attribute.string(1, name)
    switch self {
    case .float(let value):
      attribute.float(2, value)
      attribute.integer(20, 1)
    case .integer(let value):
      attribute.integer(3, value)
      attribute.integer(20, 2)
    case .string(let value):
      attribute.string(4, value)
      attribute.integer(20, 3)
    case .tensor(let value):
      attribute.bytes(5, value.bytes)
      attribute.integer(20, 4)
    case .floats(let values):
      attribute.fixed(7, values)
      attribute.integer(20, 6)
    case .integers(let values):
      attribute.integers(8, values)
      attribute.integer(20, 7)
    case .graph(let model):
      attribute.bytes(6, model.graphBytes)
      attribute.integer(20, 5)
    case .reference(let name): attribute.string(21, name)
    case .zero(let type): attribute.integer(20, type)
    }
  }
}

/// A TensorProto.
public struct ONNXTensorLiteral: Sendable {
  /// The message.
  public let bytes: [UInt8]

  /// float32 values as raw data.
  public init(shape: [Int], _ values: [Float], name: String = "") {
    self.init(shape: shape, dataType: 1, name: name) { $0.fixed(9, values) }
  }

  /// int64 values as raw data.
  public init(shape: [Int], integers: [Int], name: String = "") {
    self.init(shape: shape, dataType: 7, name: name) { $0.fixed(9, integers.map(Int64.init)) }
  }

  /// Any tensor: `content` writes the fields that hold the values.
  public init(shape: [Int], dataType: Int, name: String = "", content: (inout ProtobufWriter) -> Void) {
    var tensor = ProtobufWriter()
    tensor.integers(1, shape)
    tensor.integer(2, dataType)
    tensor.string(8, name)
    content(&tensor)
    bytes = tensor.bytes
  }
}
