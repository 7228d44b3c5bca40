/// The messages of onnx.proto3 that a classifier needs, as they stand in the file. Weights stay in the file's bytes.
///
/// Source: ONNX IR version 3 to 12, onnx/onnx.proto3; unknown fields are skipped, as protobuf asks.
struct ONNXModel {
  var graph: ONNXGraph?
  /// Operator-set version of each domain; "" and "ai.onnx" are the standard domain.
  var opsets: [String: Int] = [:]
  /// The exporter and its version, as far as the file names them.
  var producer = ""
  /// The operators that the model defines itself.
  var functions: [ONNXFunction] = []

  init(_ bytes: Bytes) throws(WireError) {
    var reader = WireReader(bytes)
    var names: [Int: String] = [:]
    defer { producer = [2, 3].compactMap { names[$0] }.filter { !$0.isEmpty }.joined(separator: " ") }
    while let field = try reader.next() {
      switch field.number {
      case 2, 3: names[field.number] = try field.string(in: "ModelProto")
      case 7: graph = try ONNXGraph(field.bytes(in: "ModelProto"))
      case 8: try opsets.read(field.bytes(in: "ModelProto"))
      case 25: functions.append(try ONNXFunction(field.bytes(in: "ModelProto")))
      default: break
      }
    }
  }
}

extension [String: Int] {
  /// Adds what an OperatorSetIdProto says: the version of a domain, "" for the standard one.
  mutating func read(_ bytes: Bytes) throws(WireError) {
    var reader = WireReader(bytes)
    var domain = ""
    var version: Int64 = 0
    while let field = try reader.next() {
      switch field.number {
      case 1: domain = try field.string(in: "OperatorSetIdProto")
      case 2: version = try field.integer(in: "OperatorSetIdProto")
      default: break
      }
    }
    self[domain == "ai.onnx" ? "" : domain] = Int(version)
  }
}

/// GraphProto.
struct ONNXGraph {
  var nodes: [ONNXNode] = []
  var initializers: [ONNXTensor] = []
  var inputs: [ONNXValueInfo] = []
  var outputs: [ONNXValueInfo] = []
  /// Names of initializers that are stored as sparse tensors.
  var sparseInitializers: Set<String> = []

  init(_ bytes: Bytes) throws(WireError) {
    var reader = WireReader(bytes)
    while let field = try reader.next() {
      switch field.number {
      case 1: nodes.append(try ONNXNode(field.bytes(in: "GraphProto")))
      case 5: initializers.append(try ONNXTensor(field.bytes(in: "GraphProto")))
      case 11: inputs.append(try ONNXValueInfo(field.bytes(in: "GraphProto")))
      case 12: outputs.append(try ONNXValueInfo(field.bytes(in: "GraphProto")))
      case 15: sparseInitializers.insert(try Self.sparseName(field.bytes(in: "GraphProto")))
      default: break
      }
    }
  }

  /// The name of a SparseTensorProto, which is that of its values.
  private static func sparseName(_ bytes: Bytes) throws(WireError) -> String {
    var reader = WireReader(bytes)
    while let field = try reader.next() {
      guard field.number == 1 else { continue }
      return try ONNXTensor(field.bytes(in: "SparseTensorProto")).name
    }
    return ""
  }
}

/// NodeProto.
struct ONNXNode {
  var name = ""
  var operatorType = ""
  var domain = ""
  /// Which of several functions of this name is meant.
  var overload = ""
  /// Names of the input tensors; an empty name is an input left out.
  var inputs: [String] = []
  var outputs: [String] = []
  var attributes: [ONNXAttribute] = []

  /// A node of the standard domain.
  init(
    _ operatorType: String, _ inputs: [String], _ outputs: [String], name: String = "",
    attributes: [ONNXAttribute] = []
  ) {
    self.operatorType = operatorType
    (self.inputs, self.outputs, self.name, self.attributes) = (inputs, outputs, name, attributes)
  }

  init(_ bytes: Bytes) throws(WireError) {
    var reader = WireReader(bytes)
    while let field = try reader.next() {
      switch field.number {
      case 1: inputs.append(try field.string(in: "NodeProto"))
      case 2: outputs.append(try field.string(in: "NodeProto"))
      case 3: name = try field.string(in: "NodeProto")
      case 4: operatorType = try field.string(in: "NodeProto")
      case 5: attributes.append(try ONNXAttribute(field.bytes(in: "NodeProto")))
      case 7: domain = try field.string(in: "NodeProto")
      case 8: overload = try field.string(in: "NodeProto")
      default: break
      }
    }
    if domain == "ai.onnx" { domain = "" }
  }
}

/// ValueInfoProto; of types other than a tensor's only that they are others.
struct ONNXValueInfo {
  enum Dimension: Equatable {
    case fixed(Int)
    case named(String)
  }

  var name = ""
  var elementType: Int64?
  /// `nil` when the file states no shape.
  var shape: [Dimension]?
  /// Whether this is a tensor, and no sequence or map.
  var isTensor = true

  /// A tensor of which the file says nothing.
  init(name: String) { self.name = name }

  init(_ bytes: Bytes) throws(WireError) {
    var reader = WireReader(bytes)
    while let field = try reader.next() {
      switch field.number {
      case 1: name = try field.string(in: "ValueInfoProto")
      case 2: try readType(field.bytes(in: "ValueInfoProto"))
      default: break
      }
    }
  }

  private mutating func readType(_ bytes: Bytes) throws(WireError) {
    var type = WireReader(bytes)
    while let field = try type.next() {
      switch field.number {
      case 1: try readTensorType(field.bytes(in: "TypeProto"))
      case 4, 5, 7, 8, 9: isTensor = false
      default: break
      }
    }
  }

  private mutating func readTensorType(_ bytes: Bytes) throws(WireError) {
    var tensor = WireReader(bytes)
    while let field = try tensor.next() {
      switch field.number {
      case 1: elementType = try field.integer(in: "TypeProto.Tensor")
      case 2: shape = try Self.dimensions(field.bytes(in: "TypeProto.Tensor"))
      default: break
      }
    }
  }

  private static func dimensions(_ bytes: Bytes) throws(WireError) -> [Dimension] {
    var shape = WireReader(bytes)
    var dimensions: [Dimension] = []
    while let field = try shape.next() {
      if field.number == 1 { dimensions.append(try dimension(field.bytes(in: "TensorShapeProto"))) }
    }
    return dimensions
  }

  private static func dimension(_ bytes: Bytes) throws(WireError) -> Dimension {
    var reader = WireReader(bytes)
    var dimension = Dimension.named("?")
    while let field = try reader.next() {
      switch field.number {
      case 1: dimension = .fixed(Int(try field.integer(in: "TensorShapeProto.Dimension")))
      case 2: dimension = .named(try field.string(in: "TensorShapeProto.Dimension"))
      default: break
      }
    }
    return dimension
  }
}
