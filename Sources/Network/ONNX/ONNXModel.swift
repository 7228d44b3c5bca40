/// The messages of onnx.proto3 that a classifier needs, as they stand in the file. Weights stay in the file's bytes.
///
/// Source: ONNX IR version 3 to 12, onnx/onnx.proto3; unknown fields are skipped, as protobuf asks.
struct ONNXModel {
  var graph: ONNXGraph?
  /// Operator-set version of each domain; "" and "ai.onnx" are the standard domain.
  var opsets: [String: Int] = [:]
  /// The exporter and its version, as far as the file names them.
  var producer = ""

  init(_ bytes: Bytes) throws(WireError) {
    var reader = WireReader(bytes)
    var names: [Int: String] = [:]
    defer { producer = [2, 3].compactMap { names[$0] }.filter { !$0.isEmpty }.joined(separator: " ") }
    while let field = try reader.next() {
      switch field.number {
      case 2, 3: names[field.number] = try field.string(in: "ModelProto")
      case 7: graph = try ONNXGraph(field.bytes(in: "ModelProto"))
      case 8: try readOpset(field.bytes(in: "ModelProto"))
      default: break
      }
    }
  }

  private mutating func readOpset(_ bytes: Bytes) throws(WireError) {
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
    opsets[domain == "ai.onnx" ? "" : domain] = Int(version)
  }
}

/// GraphProto.
struct ONNXGraph {
  var nodes: [ONNXNode] = []
  var initializers: [ONNXTensor] = []
  var inputs: [ONNXValueInfo] = []
  var outputs: [ONNXValueInfo] = []
  var hasSparseInitializers = false

  init(_ bytes: Bytes) throws(WireError) {
    var reader = WireReader(bytes)
    while let field = try reader.next() {
      switch field.number {
      case 1: nodes.append(try ONNXNode(field.bytes(in: "GraphProto")))
      case 5: initializers.append(try ONNXTensor(field.bytes(in: "GraphProto")))
      case 11: inputs.append(try ONNXValueInfo(field.bytes(in: "GraphProto")))
      case 12: outputs.append(try ONNXValueInfo(field.bytes(in: "GraphProto")))
      case 15: hasSparseInitializers = true
      default: break
      }
    }
  }
}

/// NodeProto.
struct ONNXNode {
  var name = ""
  var operatorType = ""
  var domain = ""
  /// Names of the input tensors; an empty name is an input left out.
  var inputs: [String] = []
  var outputs: [String] = []
  var attributes: [ONNXAttribute] = []

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
      default: break
      }
    }
    if domain == "ai.onnx" { domain = "" }
  }
}

/// AttributeProto. What kind it is follows from the field that is present: old exporters leave `type` out. Where no field
/// is, `type` says of which kind the zero is that proto3 writers leave out.
struct ONNXAttribute {
  var name = ""
  var float: Float?
  var integer: Int64?
  var string: String?
  var tensor: ONNXTensor?
  var floats: [Float] = []
  var integers: [Int64] = []
  var strings: [String] = []

  /// Whether no field for a single value is there: a list may be empty.
  var isList: Bool { float == nil && integer == nil && string == nil && tensor == nil }

  init(_ bytes: Bytes) throws(WireError) {
    var reader = WireReader(bytes)
    var type: Int64 = 0
    while let field = try reader.next() {
      switch field.number {
      case 1: name = try field.string(in: "AttributeProto")
      case 2: float = try field.float(in: "AttributeProto")
      case 3: integer = try field.integer(in: "AttributeProto")
      case 4: string = try field.string(in: "AttributeProto")
      case 5: tensor = try ONNXTensor(field.bytes(in: "AttributeProto"))
      case 7: floats += try field.floats(in: "AttributeProto")
      case 8: integers += try field.integers(in: "AttributeProto")
      case 9: strings.append(try field.string(in: "AttributeProto"))
      case 20: type = try field.integer(in: "AttributeProto")
      default: break
      }
    }
    guard isList else { return }
    switch type {
    case 1: float = 0
    case 2: integer = 0
    case 3: string = ""
    default: break
    }
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
