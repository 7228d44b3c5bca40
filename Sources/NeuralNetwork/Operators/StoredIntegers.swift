import Diagnostics

/// Weights that a file stores as integers with a scale: y = (x − zero point) · scale, widened when the model is loaded, and
/// the way there, which keeps what training against rounding left in the file.
///
/// There is one scale for the tensor, or for each position along an axis, or for blocks along one. Among activations both
/// would round, which has no gradient: such models are refused (``Quantization``). Source: ONNX DequantizeLinear,
/// QuantizeLinear-10, -13, -19, -21, -23, -24, -25; ONNX Runtime's com.microsoft operators of the same names.
enum StoredIntegers {
  static let registrations = ["", "com.microsoft"].flatMap { domain in
    let since = domain.isEmpty ? 10 : 1
    return [
      Registration("DequantizeLinear", domain: domain, since: since, gradient: .constant) { node in
        node.attributes.ignore("output_dtype")
        let x = try node.constant(0, "weights")
        let scales = try Scales(&node, x.shape)
        guard x.elementType == .int64 else { throw node.fault("widens \(x.elementType) numbers.") }
        // Floats hold eight bits exactly, in half the memory.
        let (few, many) = x.narrow == nil ? ([], x.integers) : (x.floats, [])
        let result = scales.apply(x.shape) { index, scale, zero in
          (many.isEmpty ? few[index] - Float(zero) : Float(many[index] &- zero)) * scale
        }
        return .constants([Constant(shape: x.shape, result)])
      },
      Registration("QuantizeLinear", domain: domain, since: since, gradient: .constant) { node in
        node.attributes.ignore("saturate", "precision")
        let x = try node.constant(0, "weights")
        let scales = try Scales(&node, x.shape)
        let type = try node.attributes.integer("output_dtype", default: 0)
        let zero = try node.optionalConstant(2, "zero point")
        guard let narrow = zero.map(\.narrow) ?? Constant.Narrow(dataType: type) else {
          throw node.fault("rounds to a type that is not supported.")
        }
        let limits = narrow.limits
        let values = x.floats
        let result = scales.apply(x.shape) { index, scale, zero in
          let rounded = (values[index] / scale).rounded(.toNearestOrEven) + Float(zero)
          return rounded.isNaN ? 0 : min(max(rounded, limits.lowerBound), limits.upperBound)
        }
        let bytes = narrow.isSigned ? Bytes(result.map { Int8($0) }) : Bytes(result.map { UInt8($0) })
        return .constants([Constant(shape: x.shape, narrow: narrow, bytes: bytes)])
      },
    ]
  }

  /// Scales and zero points, and which element has which.
  private struct Scales {
    private let scales: [Float]
    private let zeros: [Int]?
    /// Elements of a tensor lie in `count` slices of `inner`, again and again; blocks are of `block` slices.
    private let (count, inner, block): (Int, Int, Int)
    private let isBlocked: Bool

    init(_ node: inout NodeReader, _ shape: [Int]) throws {
      let scale = try node.constant(1, "scale")
      let zero = try node.optionalConstant(2, "zero point")
      let axis = try node.attributes.integer("axis", default: 1)
      let size = try node.attributes.integer("block_size", default: 0)
      scales = scale.floats
      zeros = zero?.integers
      isBlocked = size > 0
      var expected: [Int] = []
      if scales.count == 1, size == 0 {
        (count, inner, block) = (1, max(shape.elementCount, 1), 1)
        expected = scale.shape
      } else {
        let axis = try node.axis(axis, rank: shape.count)
        (count, inner) = (shape[axis], shape[(axis + 1)...].reduce(1, *))
        block = max(size, 1)
        expected = [shape[axis]]
        if isBlocked {
          expected = shape
          expected[axis] = (shape[axis] - 1) / block + 1
        }
      }
      guard size >= 0, size < 1 << 40, scale.shape == expected, zero.map({ $0.count == scale.count }) ?? true else {
        throw node.fault(
          "has scales \(scale.shape.shapeText) for weights \(shape.shapeText), which do not fit.")
      }
    }

    /// A function of each element's index, scale and zero point.
    func apply(_ shape: [Int], _ function: (_ index: Int, _ scale: Float, _ zero: Int) -> Float) -> [Float] {
      let blocks = (count - 1) / block + 1
      return (0..<shape.elementCount).map { index in
        let (place, outer) = (index / inner % count, index / inner / count)
        let parameter = isBlocked ? (outer * blocks + place / block) * inner + index % inner : place
        return function(index, scales[parameter], zeros?[parameter] ?? 0)
      }
    }
  }
}

extension Constant.Narrow {
  /// The type that TensorProto.DataType numbers so; 0 is the default of QuantizeLinear.
  fileprivate init?(dataType: Int) {
    switch DataType(rawValue: Int64(dataType)) {
    case .int8?: self = .int8
    case .int4?: self = .int4
    case .uint4?: self = .uint4
    case .uint8?: self = .uint8
    default:
      guard dataType == 0 else { return nil }
      self = .uint8
    }
  }

  /// The numbers that the type holds.
  fileprivate var limits: ClosedRange<Float> {
    switch self {
    case .int8: -128...127
    case .uint8: 0...255
    case .int4: -8...7
    case .uint4: 0...15
    }
  }
}
