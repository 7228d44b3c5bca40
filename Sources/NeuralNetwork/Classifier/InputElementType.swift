/// What a model's file takes its input as. Here every input is float32, and holds nothing that the type could not.
public enum InputElementType: String, Codable, Sendable {
  case float32, float16, bfloat16, float64, uint8, int8, uint16, int16, uint32, int32, uint64, int64

  /// - Parameter number: of TensorProto.DataType.
  init?(onnx number: Int64) {
    switch number {
    case 1: self = .float32
    case 2: self = .uint8
    case 3: self = .int8
    case 4: self = .uint16
    case 5: self = .int16
    case 6: self = .int32
    case 7: self = .int64
    case 10: self = .float16
    case 11: self = .float64
    case 12: self = .uint32
    case 13: self = .uint64
    case 16: self = .bfloat16
    default: return nil
    }
  }

  /// The whole numbers that it can hold, as far as pictures have them; `nil` for floating point.
  public var wholeNumbers: ClosedRange<Float>? {
    switch self {
    case .float32, .float16, .bfloat16, .float64: nil
    case .uint8: 0...255
    case .int8: -128...127
    case .uint16: 0...65_535
    case .int16: -32_768...32_767
    case .uint32, .uint64: 0...0x1p31
    case .int32, .int64: -0x1p31...0x1p31
    }
  }
}
