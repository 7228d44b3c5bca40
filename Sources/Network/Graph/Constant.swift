/// A tensor known when the model is loaded: a weight, or the result of arithmetic on shapes.
///
/// Floating-point constants are float32; integers of every width are int64.
struct Constant: Sendable {
  enum ElementType: String {
    case float32, int64, bool

    /// Bytes per element.
    var size: Int {
      switch self {
      case .float32: 4
      case .int64: 8
      case .bool: 1
      }
    }
  }

  let shape: [Int]
  let elementType: ElementType
  /// The elements, row-major, perhaps misaligned and perhaps in a file's bytes.
  let bytes: Bytes

  /// `bytes` holds exactly the elements of `shape`.
  init(shape: [Int], elementType: ElementType, bytes: Bytes) {
    self.shape = shape
    self.elementType = elementType
    self.bytes = bytes
  }

  init(shape: [Int], _ values: [Float]) {
    self.init(shape: shape, elementType: .float32, bytes: Bytes(values))
  }

  init(shape: [Int], _ values: [Int64]) {
    self.init(shape: shape, elementType: .int64, bytes: Bytes(values))
  }

  init(shape: [Int], booleans: [Bool]) {
    self.init(shape: shape, elementType: .bool, bytes: Bytes(booleans.map { UInt8($0 ? 1 : 0) }))
  }

  var count: Int { shape.elementCount }

  /// The elements as float32, whatever their type.
  var floats: [Float] {
    switch elementType {
    case .float32: bytes.values(as: Float.self)
    case .int64: bytes.values(as: Int64.self).map { Float($0) }
    case .bool: bytes.values(as: UInt8.self).map { Float($0) }
    }
  }

  /// The elements as integers; floats are truncated, and what does not fit becomes the nearest limit.
  var integers: [Int] {
    switch elementType {
    case .float32: bytes.values(as: Float.self).map { Int(exactly: $0.rounded(.towardZero)) ?? ($0 > 0 ? .max : .min) }
    case .int64: bytes.values(as: Int64.self).map { Int($0) }
    case .bool: bytes.values(as: UInt8.self).map { Int($0) }
    }
  }

  /// The same elements under another shape with as many.
  func reshaped(_ shape: [Int]) -> Constant {
    Constant(shape: shape, elementType: elementType, bytes: bytes)
  }
}
