import Diagnostics
import Files

/// Turns TensorProtos into constants; external data is read from the folder of the model, once per file.
final class TensorDecoder {
  /// Folder of the model file, where external data lies.
  let folder: String
  private var read: [ExactPath: Bytes] = [:]

  init(folder: String) {
    self.folder = folder
  }

  /// The constant that `tensor` holds. float32 and int64 raw data stay in the file's bytes.
  ///
  /// - Throws: `Diagnostic` for a type or size that cannot be right.
  func decode(_ tensor: ONNXTensor) throws -> Constant {
    let label = "tensor “\(tensor.name)”"
    guard tensor.dimensions.count <= Layout.maximumRank else {
      throw Diagnostic.error(
        "\(label) has \(tensor.dimensions.count) axes; at most \(Layout.maximumRank) are supported.")
    }
    let shape = try tensor.dimensions.map { dimension in
      guard dimension >= 0, dimension <= 1 << 40 else {
        throw Diagnostic.error("\(label) has the impossible dimension \(dimension).", hint: "The file is damaged.")
      }
      return Int(dimension)
    }
    let count = shape.elementCount
    guard count <= 1 << 40 else { throw Diagnostic.error("\(label) is too large: \(shape).") }
    guard let type = DataType(rawValue: tensor.dataType) else {
      throw Diagnostic.error(
        "\(label) has element type \(tensor.dataType), which is not supported.",
        hint: "Export the model with float32 weights.")
    }
    if let raw = tensor.isExternal ? try externalBytes(of: tensor) : tensor.rawData {
      guard raw.count == type.byteCount(of: count) else {
        throw Diagnostic.error(
          "\(label) has \(raw.count) bytes where shape \(shape) needs \(type.byteCount(of: count)).")
      }
      return Constant(shape: shape, raw: raw, type: type)
    }
    let constant = Constant(shape: shape, typedFieldsOf: tensor, type: type)
    guard constant.bytes.count == count * constant.elementType.size else {
      let found = constant.bytes.count / constant.elementType.size
      throw Diagnostic.error("\(label) has \(found) values where shape \(shape) needs \(count).")
    }
    return constant
  }

  private func externalBytes(of tensor: ONNXTensor) throws -> Bytes {
    guard let location = tensor.externalData["location"] else {
      throw Diagnostic.error("tensor “\(tensor.name)” is stored in another file, but the model does not say in which.")
    }
    // The ONNX specification keeps external data below the model's folder; anything else could read any file.
    // Cut at the byte, as the system cuts it: to Swift, a slash with an accent behind it is another character.
    let slash = UInt8(ascii: "/")
    let parts = location.utf8.split(separator: slash)
    guard location.utf8.first != slash, !parts.contains(where: { $0.elementsEqual("..".utf8) || $0.contains(0) })
    else {
      throw Diagnostic.error("tensor “\(tensor.name)” is stored in “\(location)”, outside the model's folder.")
    }
    let file: Bytes
    if let known = read[ExactPath(location)] {
      file = known
    } else {
      do {
        file = try Bytes(contentsOfFile: folder + "/" + location)
      } catch {
        throw Diagnostic.error(
          "the model keeps its weights in “\(location)” beside it, which \(error.reason).",
          hint: "Copy that file to the model's folder.")
      }
      guard !FileKind.isGitLFSPointer(file.buffer) else {
        throw Diagnostic.error(
          "the model keeps its weights in “\(location)” beside it, which is a Git LFS pointer.",
          hint: "Run “git lfs pull”, or download the file itself.")
      }
      read[ExactPath(location)] = file
    }
    let offset = Int(tensor.externalData["offset"] ?? "0") ?? -1
    let length = tensor.externalData["length"].map { Int($0) ?? -1 } ?? max(0, file.count - max(0, offset))
    guard offset >= 0, length >= 0, offset <= file.count, length <= file.count - offset else {
      throw Diagnostic.error(
        "tensor “\(tensor.name)” lies outside “\(location)”, which has \(file.count) bytes.",
        hint: "Copy the file again.")
    }
    return file[offset..<(offset + length)]
  }
}

/// Element types of TensorProto.DataType that constants come in.
enum DataType: Int64 {
  case float32 = 1
  case uint8 = 2
  case int8 = 3
  case uint16 = 4
  case int16 = 5
  case int32 = 6
  case int64 = 7
  case bool = 9
  case float16 = 10
  case float64 = 11
  case uint32 = 12
  case uint64 = 13
  case bfloat16 = 16
  case uint4 = 21
  case int4 = 22

  /// The type that operator sets before 6 name so: `FLOAT`.
  init?(name: String) {
    let names: [String: DataType] = [
      "FLOAT": .float32, "UINT8": .uint8, "INT8": .int8, "UINT16": .uint16, "INT16": .int16, "INT32": .int32,
      "INT64": .int64, "BOOL": .bool, "FLOAT16": .float16, "DOUBLE": .float64, "UINT32": .uint32, "UINT64": .uint64,
    ]
    guard let type = names[name.uppercased()] else { return nil }
    self = type
  }

  var isFloatingPoint: Bool { [.float32, .float16, .float64, .bfloat16].contains(self) }

  /// Bytes of so many elements; two of four bits share one.
  func byteCount(of count: Int) -> Int {
    self == .uint4 || self == .int4 ? count / 2 + count % 2 : count * size
  }

  private var size: Int {
    switch self {
    case .uint8, .int8, .bool, .uint4, .int4: 1
    case .uint16, .int16, .float16, .bfloat16: 2
    case .float32, .int32, .uint32: 4
    case .int64, .uint64, .float64: 8
    }
  }
}

extension Constant {
  /// Raw little-endian data; narrower and wider types become float32 or int64.
  init(shape: [Int], raw: Bytes, type: DataType) {
    switch type {
    case .float32: self.init(shape: shape, elementType: .float32, bytes: raw)
    case .float64: self.init(shape: shape, raw.values(as: Double.self).map { Float($0) })
    case .float16: self.init(shape: shape, raw.values(as: UInt16.self).map(Float.init(halfBits:)))
    case .bfloat16:
      self.init(shape: shape, raw.values(as: UInt16.self).map { Float(bitPattern: UInt32($0) << 16) })
    case .int64, .uint64: self.init(shape: shape, elementType: .int64, bytes: raw)
    case .int32: self.init(shape: shape, raw.values(as: Int32.self).map(Int64.init))
    case .uint32: self.init(shape: shape, raw.values(as: UInt32.self).map(Int64.init))
    case .int16: self.init(shape: shape, raw.values(as: Int16.self).map(Int64.init))
    case .uint16: self.init(shape: shape, raw.values(as: UInt16.self).map(Int64.init))
    case .int8: self.init(shape: shape, narrow: .int8, bytes: raw)
    case .uint8: self.init(shape: shape, narrow: .uint8, bytes: raw)
    case .int4, .uint4:
      let halves = raw.values(as: UInt8.self).flatMap { [$0 & 15, $0 >> 4] }.prefix(shape.elementCount)
      self.init(shape: shape, halfBytes: halves, isSigned: type == .int4)
    case .bool: self.init(shape: shape, booleans: raw.values(as: UInt8.self).map { $0 != 0 })
    }
  }

  /// Numbers of four bits, of which the upper half is negative where they are signed.
  private init(shape: [Int], halfBytes: ArraySlice<UInt8>, isSigned: Bool) {
    let bytes = isSigned ? halfBytes.map { $0 < 8 ? $0 : $0 | 0xf0 } : Array(halfBytes)
    self.init(shape: shape, narrow: isSigned ? .int4 : .uint4, bytes: Bytes(bytes))
  }

  /// Data in the typed fields of TensorProto, which holds small types in `int32_data`.
  init(shape: [Int], typedFieldsOf tensor: ONNXTensor, type: DataType) {
    switch type {
    case .float32: self.init(shape: shape, tensor.floats)
    case .float64: self.init(shape: shape, tensor.doubles.map { Float($0) })
    case .float16: self.init(shape: shape, tensor.int32s.map { Float(halfBits: UInt16(truncatingIfNeeded: $0)) })
    case .bfloat16:
      self.init(shape: shape, tensor.int32s.map { Float(bitPattern: UInt32(truncatingIfNeeded: $0) << 16) })
    case .int64, .uint64, .uint32: self.init(shape: shape, tensor.int64s)
    case .int32, .int16, .uint16: self.init(shape: shape, tensor.int32s)
    case .int8: self.init(shape: shape, narrow: .int8, bytes: Bytes(tensor.int32s.map(Int8.init(truncatingIfNeeded:))))
    case .uint8:
      self.init(shape: shape, narrow: .uint8, bytes: Bytes(tensor.int32s.map(UInt8.init(truncatingIfNeeded:))))
    case .int4, .uint4:
      let halves = tensor.int32s.flatMap {
        [UInt8(truncatingIfNeeded: $0 & 15), UInt8(truncatingIfNeeded: $0 >> 4 & 15)]
      }
      self.init(shape: shape, halfBytes: halves.prefix(shape.elementCount), isSigned: type == .int4)
    case .bool: self.init(shape: shape, booleans: tensor.int32s.map { $0 != 0 })
    }
  }
}

extension Float {
  /// The value of an IEEE 754 binary16 number. (`Float16` does not exist on every platform.)
  init(halfBits bits: UInt16) {
    let sign: Float = bits & 0x8000 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 0x1f)
    let fraction = Float(bits & 0x3ff) / 1024
    switch exponent {
    case 0: self = sign * fraction * 0x1p-14
    case 31: self = fraction == 0 ? sign * .infinity : .nan
    default: self = sign * (1 + fraction) * Float(sign: .plus, exponent: exponent - 15, significand: 1)
    }
  }
}
