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
  /// A GraphProto as it stands in the file, read only when it is wanted: graphs may be nested as deep as the file is long.
  var graph: Bytes?
  /// Inside a function: the attribute of the call whose value this one takes; "" for a value of its own.
  var reference = ""

  /// Whether no field for a single value is there: a list may be empty.
  var isList: Bool { float == nil && integer == nil && string == nil && tensor == nil && graph == nil }

  init(_ name: String, integer: Int) { (self.name, self.integer) = (name, Int64(integer)) }

  init(_ name: String, integers: [Int]) { (self.name, self.integers) = (name, integers.map(Int64.init)) }

  init(_ name: String, float: Float) { (self.name, self.float) = (name, float) }

  init(_ name: String, string: String) { (self.name, self.string) = (name, string) }

  init(_ name: String, tensor: ONNXTensor) { (self.name, self.tensor) = (name, tensor) }

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
      case 6: graph = try field.bytes(in: "AttributeProto")
      case 7: floats += try field.floats(in: "AttributeProto")
      case 8: integers += try field.integers(in: "AttributeProto")
      case 9: strings.append(try field.string(in: "AttributeProto"))
      case 20: type = try field.integer(in: "AttributeProto")
      case 21: reference = try field.string(in: "AttributeProto")
      default: break
      }
    }
    guard isList, reference.isEmpty else { return }
    switch type {
    case 1: float = 0
    case 2: integer = 0
    case 3: string = ""
    default: break
    }
  }
}
