/// Moves blocks of pixels to channels and back. Source: ONNX DepthToSpace-1, -11, -13, -28; SpaceToDepth-1, -13, -28.
struct PixelShuffle: Operator {
  static let registrations = [
    Registration("DepthToSpace") { node in
      let (shape, size, isBlockFirst) = try read(&node)
      guard shape[1] % (size * size) == 0 else {
        throw node.fault("cannot make blocks of \(size)×\(size) from \(shape[1]) channels.")
      }
      let channels = shape[1] / (size * size)
      return .operation(
        PixelShuffle(
          split: [shape[0]] + (isBlockFirst ? [size, size, channels] : [channels, size, size]) + shape[2...],
          order: isBlockFirst ? [0, 3, 4, 1, 5, 2] : [0, 1, 4, 2, 5, 3],
          result: [shape[0], channels, shape[2] * size, shape[3] * size]))
    },
    Registration("SpaceToDepth") { node in
      let (shape, size, isBlockFirst) = try read(&node)
      guard shape[2] % size == 0, shape[3] % size == 0 else {
        throw node.fault("cannot cut \(shape[2])×\(shape[3]) pixels into blocks of \(size)×\(size).")
      }
      return .operation(
        PixelShuffle(
          split: [shape[0], shape[1], shape[2] / size, size, shape[3] / size, size],
          order: isBlockFirst ? [0, 3, 5, 1, 2, 4] : [0, 1, 3, 5, 2, 4],
          result: [shape[0], shape[1] * size * size, shape[2] / size, shape[3] / size]))
    },
  ]

  /// The input's shape with blocks as axes of their own.
  let split: [Int]
  /// The order of those axes in the result.
  let order: [Int]
  let result: [Int]

  /// The shape, the side of a block, and whether a channel is found by its place in the block before its map.
  private static func read(_ node: inout NodeReader) throws -> (shape: [Int], size: Int, isBlockFirst: Bool) {
    let shape = try node.operand(0)
    let size = try node.attributes.integer("blocksize", default: 0)
    let mode = try node.attributes.string("mode", default: "DCR")
    guard shape.count == 4, (1...(1 << 15)).contains(size), ["DCR", "CRD"].contains(mode) else {
      throw node.fault("cannot move blocks of \(size) of \(shape.shapeText) in mode “\(mode)”.")
    }
    return (shape, size, mode == "DCR")
  }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { [result] }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let x = try engine.reorder(pass.operands[0], to: .plain).reshaped(split)
    return ForwardResult(try engine.permute(x, order).reshaped(result))
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    var inverse = order
    for (axis, source) in order.enumerated() { inverse[source] = axis }
    let dx = try engine.mapParts(gradient, count: pass.wanted[0]) { part in
      let dy = try engine.reorder(part, to: .plain).reshaped(order.map { split[$0] })
      return try engine.permute(dy, inverse).reshaped(pass.operands[0].shape)
    }
    return [dx]
  }
}
