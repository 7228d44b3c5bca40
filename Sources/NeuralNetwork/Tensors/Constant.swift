/// A tensor known when the model is loaded: a weight, or the result of arithmetic on shapes.
///
/// Floating-point constants are float32; integers of every width are int64. Those of eight bits, which may be the weights of
/// a large layer, lie as they are and are widened where they are read.
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

  /// Integers of eight bits, or of four, each in a byte.
  enum Narrow: Hashable {
    case int8, uint8, int4, uint4

    var isSigned: Bool { self == .int8 || self == .int4 }
  }

  let shape: [Int]
  let elementType: ElementType
  /// How the integers are stored, if not in eight bytes each.
  let narrow: Narrow?
  private let stored: Bytes

  /// The elements, row-major, perhaps misaligned and perhaps in a file's bytes.
  var bytes: Bytes {
    switch narrow?.isSigned {
    case nil: stored
    case true?: Bytes(stored.values(as: Int8.self).map(Int64.init))
    case false?: Bytes(stored.values(as: UInt8.self).map(Int64.init))
    }
  }

  /// `bytes` holds exactly the elements of `shape`.
  init(shape: [Int], elementType: ElementType, bytes: Bytes) {
    self.shape = shape
    self.elementType = elementType
    narrow = nil
    stored = bytes
  }

  /// Integers of eight bits; `bytes` holds exactly the elements of `shape`.
  init(shape: [Int], narrow: Narrow, bytes: Bytes) {
    self.shape = shape
    elementType = .int64
    self.narrow = narrow
    stored = bytes
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
    switch (elementType, narrow?.isSigned) {
    case (.float32, _): stored.values(as: Float.self)
    case (.bool, _), (_, false?): stored.values(as: UInt8.self).map { Float($0) }
    case (_, true?): stored.values(as: Int8.self).map { Float($0) }
    case (.int64, nil): stored.values(as: Int64.self).map { Float($0) }
    }
  }

  /// The elements as integers; floats are truncated, and what does not fit becomes the nearest limit.
  var integers: [Int] {
    switch (elementType, narrow?.isSigned) {
    case (.float32, _):
      stored.values(as: Float.self).map { Int(exactly: $0.rounded(.towardZero)) ?? ($0 > 0 ? .max : .min) }
    case (.bool, _), (_, false?): stored.values(as: UInt8.self).map { Int($0) }
    case (_, true?): stored.values(as: Int8.self).map { Int($0) }
    case (.int64, nil): stored.values(as: Int64.self).map { Int($0) }
    }
  }

  /// The same elements, with integers in eight bytes each: the constant then keeps what `bytes` points to.
  var widened: Constant { narrow == nil ? self : Constant(shape: shape, elementType: elementType, bytes: bytes) }

  /// The same elements under another shape with as many.
  func reshaped(_ shape: [Int]) -> Constant {
    narrow.map { Constant(shape: shape, narrow: $0, bytes: stored) }
      ?? Constant(shape: shape, elementType: elementType, bytes: stored)
  }
}
