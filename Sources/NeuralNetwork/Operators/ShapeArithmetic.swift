import Diagnostics

/// Operators whose outputs follow from shapes and constants alone.
///
/// Source: ONNX Shape-1, -13, -15, -19, -21; Size-1, -13, -19; Range-11; Cast-1, -6, -9, -13, -19, -21; CastLike-15, -19, -21.
enum ShapeArithmetic {
  static let registrations = [
    Registration("Shape", gradient: .constant) { node in
      let shape = try node.shape(0)
      let start = clamp(try node.attributes.integer("start", default: 0), rank: shape.count)
      let end = clamp(try node.attributes.integer("end", default: shape.count), rank: shape.count)
      let part = start < end ? shape[start..<end].map(Int64.init) : []
      return .constants([Constant(shape: [part.count], part)])
    },
    Registration("Size", gradient: .constant) { node in
      .constants([Constant(shape: [], [Int64(try node.shape(0).elementCount)])])
    },
    Registration("Range", since: 11, gradient: .constant) { node in
      let bounds = try ["start", "limit", "delta"].enumerated().map { try node.constant($0, $1) }
      guard bounds.allSatisfy({ $0.count == 1 && $0.elementType == bounds[0].elementType }) else {
        throw node.fault("has bounds that are no numbers of one type.")
      }
      let (start, limit, delta) = (bounds[0].doubles[0], bounds[1].doubles[0], bounds[2].doubles[0])
      let count: Double = max(0, ((limit - start) / delta).rounded(.up))
      guard count < 0x1p24 else { throw node.fault("counts from \(start) to \(limit) by \(delta), which is too far.") }
      let values = (0..<Int(count)).map { start + Double($0) * delta }
      return .constants([
        bounds[0].elementType == .float32
          ? Constant(shape: [values.count], values.map { Float($0) })
          : Constant(shape: [values.count], values.map { Int64(exactly: $0.rounded(.towardZero)) ?? .max })
      ])
    },
    Registration("Cast") { node in
      try node.operand(0)
      let name = try node.attributes.string("to", default: "")
      guard let type = DataType(name: name) else {
        throw node.fault("casts to element type “\(name)”, which is not supported.")
      }
      return try cast(node, to: type)
    },
    Registration("Cast", since: 6) { node in
      try node.operand(0)
      node.attributes.ignore("saturate", "round_mode")
      let number = try node.attributes.integer("to", default: 0)
      guard let type = DataType(rawValue: Int64(number)), type != .int4, type != .uint4 else {
        throw node.fault("casts to element type \(number), which is not supported.")
      }
      return try cast(node, to: type)
    },
    Registration("CastLike", since: 15) { node in
      try node.operand(0)
      node.attributes.ignore("saturate", "round_mode")
      // Activations are float32 whatever floating-point type the model says.
      let like = try node.isConstant(1) ? node.constant(1, "target").elementType : .float32
      switch like {
      case .float32: return try cast(node, to: .float32)
      case .int64: return try cast(node, to: .int64)
      case .bool: return try cast(node, to: .bool)
      }
    },
  ]

  /// Whole numbers and truth values among activations stay float32, and no gradient passes what makes them.
  private static func cast(_ node: NodeReader, to type: DataType) throws -> Translation {
    if node.isConstant(0) { return .constants([try node.constant(0, "input").cast(to: type)]) }
    if type.isFloatingPoint { return .identity }
    return .operation(ElementwiseMath(function: type == .bool ? .isNonzero : .truncation))
  }

  /// Negative bounds count from the end; all are clamped to the rank.
  private static func clamp(_ bound: Int, rank: Int) -> Int { min(max(bound < 0 ? bound + rank : bound, 0), rank) }
}

extension Constant {
  /// The elements as float64, whatever their type.
  fileprivate var doubles: [Double] {
    elementType == .float32 ? floats.map(Double.init) : integers.map(Double.init)
  }

  /// The same numbers in another type; integers of every width stay int64, and floats float32.
  fileprivate func cast(to type: DataType) -> Constant {
    if type.isFloatingPoint { return Constant(shape: shape, floats) }
    if type == .bool { return Constant(shape: shape, booleans: floats.map { $0 != 0 }) }
    return Constant(shape: shape, integers.map { Int64($0) })
  }
}
