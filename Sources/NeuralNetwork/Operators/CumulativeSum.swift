/// The sums of the elements up to each one along an axis. Source: ONNX CumSum-11, -14.
struct CumulativeSum: FoldableOperator {
  static let registrations = [
    Registration("CumSum", since: 11) { node in
      let shape = try node.operand(0)
      let axis = try node.axis(node.constant(1, "axis").integers.first ?? 0, rank: shape.count)
      return .operation(
        CumulativeSum(
          lanes: Lanes(shape, axes: axis..<(axis + 1)), isExclusive: try node.attributes.flag("exclusive"),
          isReversed: try node.attributes.flag("reverse")))
    }
  ]

  let lanes: Lanes
  /// Whether each element is left out of its own sum.
  let isExclusive: Bool
  /// Whether the sums begin at the end.
  let isReversed: Bool

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { operands }

  func fold(_ operands: [Constant]) throws -> [Constant] {
    let constant = operands[0]
    if constant.elementType == .float32 {
      var result = constant.floats
      accumulate(constant.floats, isReversed: isReversed, +) { result[$0] = $1 }
      return [Constant(shape: constant.shape, result)]
    }
    var result = constant.integers
    accumulate(constant.integers, isReversed: isReversed, &+) { result[$0] = $1 }
    return [Constant(shape: constant.shape, result.map { Int64($0) })]
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    ForwardResult(try sums(pass.operands[0], isReversed: isReversed, on: engine))
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    // Each element is part of all later sums.
    [
      try pass.gradient().map { gradient in
        try engine.mapParts(gradient, count: pass.wanted[0]) { try sums($0, isReversed: !isReversed, on: engine) }
      }
    ]
  }

  private func sums(_ memory: Memory, isReversed: Bool, on engine: Engine) throws -> Memory {
    let x = try engine.reorder(memory, to: .plain)
    let y = engine.allocate(x.layout)
    let to = y.elements
    accumulate(x.elements, isReversed: isReversed, +) { to[$0] = $1 }
    return y
  }

  private func accumulate<Values: RandomAccessCollection<Element>, Element: AdditiveArithmetic>(
    _ values: Values, isReversed: Bool, _ add: (Element, Element) -> Element, _ store: (Int, Element) -> Void
  ) where Values.Index == Int {
    for lane in 0..<lanes.laneCount {
      var sum = Element.zero
      for step in 0..<lanes.count {
        let place = lanes.offset(lane: lane, isReversed ? lanes.count - 1 - step : step)
        if isExclusive { store(place, sum) }
        sum = add(sum, values[place])
        if !isExclusive { store(place, sum) }
      }
    }
  }
}
