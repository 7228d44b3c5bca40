/// Changes the size of a tensor by interpolation, along each axis on its own.
///
/// Source: ONNX Resize-10, -11, -13, -18, -19; Upsample-1, -7, -9.
struct Resize: Operator {
  static let registrations = [
    Registration("Upsample") { node in
      let shape = try node.operand(0)
      let scales = [
        1, 1, try node.attributes.float("height_scale", default: 0),
        try node.attributes.float("width_scale", default: 0),
      ]
      return try upsample(&node, shape, scales)
    },
    Registration("Upsample", since: 7) { node in
      let shape = try node.operand(0)
      let scales = try node.attributes.floats("scales") ?? node.constant(1, "scales").floats
      return try upsample(&node, shape, scales)
    },
    Registration("Resize", since: 10) { node in
      let shape = try node.operand(0)
      return try upsample(&node, shape, node.constant(1, "scales").floats)
    },
    Registration("Resize", since: 11) { node in
      let shape = try node.operand(0)
      let settings = try Interpolation(&node)
      let axes =
        try node.attributes.integers("axes")?.map { try node.axis($0, rank: shape.count) } ?? Array(shape.indices)
      let policy = try node.attributes.string("keep_aspect_ratio_policy", default: "stretch")
      let region = settings.coordinates == .cropAndResize ? try node.constant(1, "region").floats : nil
      var scales = try node.optionalConstant(2, "scales")?.floats
      if scales?.isEmpty ?? false { scales = nil }
      var sizes = try node.optionalConstant(3, "sizes")?.integers
      guard sizes == nil || scales == nil, sizes?.allSatisfy((0...(1 << 20)).contains) ?? true,
        axes.allSatisfy({ shape[$0] > 0 })
      else { throw node.fault("has scales or sizes that do not fit \(shape.shapeText).") }
      if let wanted = sizes, policy != "stretch", wanted.count == axes.count {
        let ratios = zip(wanted, axes).map { Float($0) / Float(shape[$1]) }
        guard let ratio = policy == "not_larger" ? ratios.min() : policy == "not_smaller" ? ratios.max() : nil else {
          throw node.fault("has the unknown policy “\(policy)”.")
        }
        sizes = axes.map { Int((ratio * Float(shape[$0])).rounded(.toNearestOrAwayFromZero)) }
        scales = axes.map { _ in ratio }
      }
      return try build(node, shape, settings, axes: axes, scales: scales, sizes: sizes, region: region)
    },
  ]

  /// For each axis of the result and each position there, what it is made of; `nil` where the axis stays.
  let axes: [[Interpolation.Taps]?]
  let shape: [Int]
  /// What stands where a position lies outside the region.
  let outside: Float

  /// As operator sets before 11 place positions.
  private static func upsample(_ node: inout NodeReader, _ shape: [Int], _ scales: [Float]) throws -> Translation {
    var settings = try Interpolation(&node)
    settings.coordinates = .asymmetric
    settings.nearest = .floor
    return try build(node, shape, settings, axes: Array(shape.indices), scales: scales, sizes: nil, region: nil)
  }

  private static func build(
    _ node: NodeReader, _ shape: [Int], _ settings: Interpolation, axes: [Int], scales: [Float]?, sizes: [Int]?,
    region: [Float]?
  ) throws -> Translation {
    guard scales.map({ $0.count == axes.count && $0.allSatisfy { $0 > 0 && $0 < 0x1p16 } }) ?? (sizes != nil),
      sizes.map({ $0.count == axes.count }) ?? true,
      region.map({ $0.count == 2 * axes.count }) ?? true, Set(axes).count == axes.count
    else { throw node.fault("has scales or sizes that do not fit \(shape.shapeText).") }
    var result = shape
    var taps = [[Interpolation.Taps]?](repeating: nil, count: shape.count)
    for (index, axis) in axes.enumerated() {
      let exact = scales.map { Float(shape[axis]) * $0[index] }
      result[axis] = sizes?[index] ?? Int(exact ?? 0)
      let scale = scales?[index] ?? Float(result[axis]) / Float(max(shape[axis], 1))
      guard result[axis] > 0, shape[axis] > 0 else { throw node.fault("makes an axis of \(shape[axis]) empty.") }
      let span = region.map { (start: $0[index], end: $0[index + axes.count]) }
      if span == nil, result[axis] == shape[axis], scale == 1 { continue }
      taps[axis] = settings.taps(
        from: shape[axis], to: result[axis], exact: exact ?? Float(result[axis]), scale: scale, region: span)
    }
    guard result.reduce(1.0, { $0 * Double($1) }) < 0x1p28 else {
      throw node.fault("makes \(shape.shapeText) impossibly large.")
    }
    return .operation(Resize(axes: taps, shape: result, outside: settings.outside))
  }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { [shape] }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    var result = try engine.reorder(pass.operands[0], to: .plain)
    for (axis, taps) in axes.enumerated() {
      guard let taps else { continue }
      result = interpolate(result, axis, size: taps.count, on: engine) { body in
        for (target, taps) in taps.enumerated() { for tap in taps { body(target, tap.position, tap.weight) } }
      }
    }
    for (axis, taps) in axes.enumerated() {
      for (position, taps) in (taps ?? []).enumerated() where taps.isEmpty { fill(result, axis, position) }
    }
    return ForwardResult(result)
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    let source = pass.operands[0].shape
    let dx = try engine.mapParts(gradient, count: pass.wanted[0]) { part in
      var result = try engine.reorder(part, to: .plain)
      for (axis, taps) in axes.enumerated() {
        guard let taps else { continue }
        result = interpolate(result, axis, size: source[axis], on: engine) { body in
          for (target, taps) in taps.enumerated() { for tap in taps { body(tap.position, target, tap.weight) } }
        }
      }
      return result
    }
    return [dx]
  }

  /// y = Σ weight · x along one axis, for all the (y, x, weight) that `forEachTap` names.
  private func interpolate(
    _ memory: Memory, _ axis: Int, size: Int, on engine: Engine,
    forEachTap: (_ body: (_ target: Int, _ source: Int, _ weight: Float) -> Void) -> Void
  ) -> Memory {
    var shape = memory.shape
    let (outer, inner) = (shape[..<axis].reduce(1, *), shape[(axis + 1)...].reduce(1, *))
    let count = shape[axis]
    shape[axis] = size
    let result = engine.allocate(Layout(shape))
    let (x, y) = (memory.elements, result.elements)
    y.update(repeating: 0)
    forEachTap { target, source, weight in
      for block in 0..<outer {
        let (from, to) = ((block * count + source) * inner, (block * size + target) * inner)
        for index in 0..<inner { y[to + index] += weight * x[from + index] }
      }
    }
    return result
  }

  private func fill(_ memory: Memory, _ axis: Int, _ position: Int) {
    let (outer, inner) = (shape[..<axis].reduce(1, *), shape[(axis + 1)...].reduce(1, *))
    for block in 0..<outer {
      let start = (block * shape[axis] + position) * inner
      for index in start..<(start + inner) { memory.elements[index] = outside }
    }
  }
}
