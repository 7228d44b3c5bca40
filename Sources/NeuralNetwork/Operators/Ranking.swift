/// The largest or smallest elements along an axis: their values, which have a gradient, and their positions, which have
/// none.
///
/// Source: ONNX TopK-1, -10, -11; ArgMax, ArgMin-1, -11, -12, -13; Hardmax-1, -11, -13.
struct Ranking: Operator {
  /// What is made of the elements found.
  enum Result {
    /// Values and positions, side by side along the axis.
    case both
    /// The position of the only one, with or without its axis.
    case position(keepsAxis: Bool)
    /// 1 at the only one and 0 elsewhere.
    case mask
  }

  static let registrations = [
    Registration("TopK") { node in
      try build(&node, count: node.attributes.integer("k", default: 0), prefersLast: false, defaultAxis: -1)
    },
    Registration("TopK", since: 10) { node in
      let counts = try node.constant(1, "k").integers
      return try build(&node, count: counts.first ?? 0, prefersLast: false, defaultAxis: -1)
    },
    Registration("ArgMax", gradient: .none) { try position(&$0, isLargest: true) },
    Registration("ArgMin", gradient: .none) { try position(&$0, isLargest: false) },
    Registration("Hardmax", gradient: .none) { node in
      let shape = try node.operand(0)
      let axis = try node.axis(node.attributes.integer("axis", default: 1), rank: shape.count)
      return .operation(hardmax(shape, axes: axis..<shape.count))
    },
    Registration("Hardmax", since: 13, gradient: .none) { node in
      let shape = try node.operand(0)
      let axis = try node.axis(node.attributes.integer("axis", default: -1), rank: shape.count)
      return .operation(hardmax(shape, axes: axis..<(axis + 1)))
    },
  ]

  let shape: [Int]
  let axis: Int
  let lanes: Lanes
  let count: Int
  let isLargest: Bool
  /// Whether the last of equal elements comes first.
  let prefersLast: Bool
  let result: Result

  private static func build(
    _ node: inout NodeReader, count: Int, prefersLast: Bool, defaultAxis: Int
  ) throws -> Translation {
    let shape = try node.operand(0)
    let axis = try node.axis(node.attributes.integer("axis", default: defaultAxis), rank: shape.count)
    let isLargest = try node.attributes.flag("largest", default: true)
    // Sorted is as good as unsorted.
    node.attributes.ignore("sorted")
    guard (1...shape[axis]).contains(count) else { throw node.fault("takes \(count) of \(shape[axis]) elements.") }
    return .operation(
      Ranking(
        shape: shape, axis: axis, lanes: Lanes(shape, axes: axis..<(axis + 1)), count: count, isLargest: isLargest,
        prefersLast: prefersLast, result: .both))
  }

  private static func position(_ node: inout NodeReader, isLargest: Bool) throws -> Translation {
    let shape = try node.operand(0)
    let axis = try node.axis(node.attributes.integer("axis", default: 0), rank: shape.count)
    guard shape[axis] > 0 else { throw node.fault("takes 1 of 0 elements.") }
    return .operation(
      Ranking(
        shape: shape, axis: axis, lanes: Lanes(shape, axes: axis..<(axis + 1)), count: 1, isLargest: isLargest,
        prefersLast: try node.attributes.flag("select_last_index"),
        result: .position(keepsAxis: try node.attributes.flag("keepdims", default: true))))
  }

  private static func hardmax(_ shape: [Int], axes: Range<Int>) -> Ranking {
    Ranking(
      shape: shape, axis: axes.lowerBound, lanes: Lanes(shape, axes: axes), count: 1, isLargest: true,
      prefersLast: false, result: .mask)
  }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] {
    var part = shape
    switch result {
    case .both:
      part[axis] = count
      return [part, part]
    case .position(let keepsAxis):
      if keepsAxis { part[axis] = 1 } else { part.remove(at: axis) }
      return [part]
    case .mask: return [shape]
    }
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let x = try engine.reorder(pass.operands[0], to: .plain)
    let outputs = try outputShapes([shape]).map { engine.allocate(Layout($0)) }
    if case .mask = result { outputs[0].elements.update(repeating: 0) }
    forEachFound(in: x) { lane, rank, position in
      switch result {
      case .both:
        let place = lanes.resized(to: count).offset(lane: lane, rank)
        outputs[0].elements[place] = x.elements[lanes.offset(lane: lane, position)]
        outputs[1].elements[place] = Float(position)
      case .position: outputs[0].elements[lane] = Float(position)
      case .mask: outputs[0].elements[lanes.offset(lane: lane, position)] = 1
      }
    }
    return ForwardResult(outputs)
  }

  func passesGradient(from output: Int, to operand: Int) -> Bool {
    if case .both = result { output == 0 } else { false }
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard case .both = result, let gradient = pass.gradient() else { return [nil] }
    let x = try engine.reorder(pass.operands[0], to: .plain)
    let dx = try engine.mapParts(gradient, count: pass.wanted[0]) { part in
      let dy = try engine.reorder(part, to: .plain)
      let sum = engine.allocate(Layout(shape))
      sum.elements.update(repeating: 0)
      forEachFound(in: x) { lane, rank, position in
        let place = lanes.resized(to: count).offset(lane: lane, rank)
        sum.elements[lanes.offset(lane: lane, position)] = dy.elements[place]
      }
      return sum
    }
    return [dx]
  }

  /// Calls `body` for each element found, with its vector, its rank there and its position there.
  private func forEachFound(in x: Memory, _ body: (_ lane: Int, _ rank: Int, _ position: Int) -> Void) {
    let values = x.elements
    for lane in 0..<lanes.laneCount {
      func precedes(_ a: Int, _ b: Int) -> Bool {
        let (left, right) = (values[lanes.offset(lane: lane, a)], values[lanes.offset(lane: lane, b)])
        if left == right || left.isNaN && right.isNaN { return prefersLast ? a > b : a < b }
        // As in PyTorch, what is not a number counts as the largest.
        if left.isNaN || right.isNaN { return left.isNaN == isLargest }
        return isLargest ? left > right : left < right
      }
      if count == 1 {
        guard let best = (0..<lanes.count).min(by: precedes) else { continue }
        body(lane, 0, best)
      } else {
        for (rank, position) in (0..<lanes.count).sorted(by: precedes).prefix(count).enumerated() {
          body(lane, rank, position)
        }
      }
    }
  }
}
