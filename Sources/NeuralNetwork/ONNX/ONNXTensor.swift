import Foundation

/// TensorProto: a constant as it stands in the file.
struct ONNXTensor {
  var name = ""
  var dimensions: [Int64] = []
  var dataType: Int64 = 0
  var floats: [Float] = []
  var int32s: [Int64] = []
  var int64s: [Int64] = []
  var doubles: [Double] = []
  var rawData: Bytes?
  var externalData: [String: String] = [:]
  var isExternal = false

  /// float32 values.
  init(shape: [Int], _ values: [Float]) {
    (dimensions, dataType, floats) = (shape.map(Int64.init), DataType.float32.rawValue, values)
  }

  /// int64 values.
  init(shape: [Int], integers: [Int]) {
    (dimensions, dataType, int64s) = (shape.map(Int64.init), DataType.int64.rawValue, integers.map(Int64.init))
  }

  init(_ bytes: Bytes) throws(WireError) {
    var reader = WireReader(bytes)
    while let field = try reader.next() {
      switch field.number {
      case 1: dimensions += try field.integers(in: "TensorProto")
      case 2: dataType = try field.integer(in: "TensorProto")
      case 4: floats += try field.floats(in: "TensorProto")
      case 5: int32s += try field.integers(in: "TensorProto")
      case 7: int64s += try field.integers(in: "TensorProto")
      case 8: name = try field.string(in: "TensorProto")
      case 9: rawData = try field.bytes(in: "TensorProto")
      case 10: doubles += try field.doubles(in: "TensorProto")
      case 11: int64s += try field.integers(in: "TensorProto")
      case 13: try readExternalEntry(field.bytes(in: "TensorProto"))
      case 14: isExternal = try field.integer(in: "TensorProto") == 1
      default: break
      }
    }
  }

  private mutating func readExternalEntry(_ bytes: Bytes) throws(WireError) {
    var reader = WireReader(bytes)
    var key = ""
    var value = ""
    while let field = try reader.next() {
      switch field.number {
      case 1: key = try field.string(in: "StringStringEntryProto")
      case 2: value = try field.string(in: "StringStringEntryProto")
      default: break
      }
    }
    externalData[key] = value
  }
}
