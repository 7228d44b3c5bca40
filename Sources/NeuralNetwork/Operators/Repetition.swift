/// A tensor repeated: Expand by broadcasting, Tile end to end. Source: ONNX Expand-8, -13; Tile-1, -6, -13.
enum Repetition {
  static let registrations = [
    Registration("Expand", since: 8) { node in
      let shape = try node.operand(0)
      let target = try node.constant(1, "shape").integers
      guard target.allSatisfy({ (0...limit).contains($0) }), let result = Broadcasting.shape(shape, target),
        result.reduce(1.0, { $0 * Double($1) }) < Double(limit)
      else { throw node.fault("cannot expand \(shape.shapeText) to \(target.shapeText).") }
      let source = Broadcasting.padded(shape, result.count)
      return .operation(
        Selecting(Selection(source, repeating: { source[$0] == result[$0] ? 1 : result[$0] })))
    },
    Registration("Tile") { node in
      let shape = try node.operand(0)
      let (tiles, axis) = (try node.constant(1, "tiles").integers, try node.constant(2, "axis").integers)
      guard tiles.count == 1, axis.count == 1, (0...limit).contains(tiles[0]) else {
        throw node.fault("has tiles \(tiles) and axis \(axis), which are not one number each.")
      }
      let repeated = try node.axis(axis[0], rank: shape.count)
      guard Double(shape.elementCount) * Double(tiles[0]) < Double(limit) else {
        throw node.fault("cannot repeat \(shape.shapeText) \(tiles[0]) times.")
      }
      return .operation(Selecting(Selection(shape, repeating: { $0 == repeated ? tiles[0] : 1 })))
    },
    Registration("Tile", since: 6) { node in
      let shape = try node.operand(0)
      let repeats = try node.constant(1, "repeats").integers
      guard repeats.count == shape.count, repeats.allSatisfy({ (0...limit).contains($0) }),
        zip(shape, repeats).reduce(1.0, { $0 * Double($1.0) * Double($1.1) }) < Double(limit)
      else { throw node.fault("cannot repeat \(shape.shapeText) by \(repeats).") }
      return .operation(Selecting(Selection(shape, repeating: { repeats[$0] })))
    },
  ]

  /// More elements than any activation has.
  private static let limit = 1 << 28
}

extension Selection {
  /// Every axis as often as `count` says for it.
  fileprivate init(_ source: [Int], repeating count: (Int) -> Int) {
    self.init(
      source,
      Dictionary(
        uniqueKeysWithValues: source.indices.map { axis in
          (axis, (0..<count(axis)).flatMap { _ in 0..<source[axis] })
        }))
  }
}
