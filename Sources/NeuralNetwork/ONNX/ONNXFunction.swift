/// FunctionProto: an operator that the model defines itself, by nodes.
struct ONNXFunction {
  /// By what calls know a function.
  struct Identifier: Hashable {
    let domain: String
    let name: String
    let overload: String
  }

  var name = ""
  var domain = ""
  var overload = ""
  /// Names of the inputs inside.
  var inputs: [String] = []
  /// Names inside of what comes out.
  var outputs: [String] = []
  var nodes: [ONNXNode] = []
  /// Names of the attributes that a call may give.
  var attributes: [String] = []
  /// Attributes that a call may leave out.
  var defaults: [ONNXAttribute] = []
  /// Operator-set version of each domain.
  var opsets: [String: Int] = [:]

  var identifier: Identifier { Identifier(domain: domain, name: name, overload: overload) }

  init(_ bytes: Bytes) throws(WireError) {
    var reader = WireReader(bytes)
    while let field = try reader.next() {
      switch field.number {
      case 1: name = try field.string(in: "FunctionProto")
      case 4: inputs.append(try field.string(in: "FunctionProto"))
      case 5: outputs.append(try field.string(in: "FunctionProto"))
      case 6: attributes.append(try field.string(in: "FunctionProto"))
      case 7: nodes.append(try ONNXNode(field.bytes(in: "FunctionProto")))
      case 9: try opsets.read(field.bytes(in: "FunctionProto"))
      case 10: domain = try field.string(in: "FunctionProto")
      case 11: defaults.append(try ONNXAttribute(field.bytes(in: "FunctionProto")))
      case 13: overload = try field.string(in: "FunctionProto")
      default: break
      }
    }
    if domain == "ai.onnx" { domain = "" }
  }
}

extension ONNXNode {
  /// The function that this node calls, if the model defines one.
  var function: ONNXFunction.Identifier {
    ONNXFunction.Identifier(domain: domain, name: operatorType, overload: overload)
  }
}
