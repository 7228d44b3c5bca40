/// Maximum pooling that also says where each maximum was found: its index in the flattened input, as float32.
///
/// Source: ONNX MaxPool-8, -10, -11, -12, -22, with its second output.
struct IndexedMaxPool: Operator {
  let window: Window
  /// Whether indices count down the columns first, and not along the rows.
  let isColumnMajor: Bool

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] {
    let shape: [Int] = operands[0].prefix(2) + window.outputSize(Array(operands[0].dropFirst(2)))
    return [shape, shape]
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let x = try engine.reorder(pass.operands[0], to: .plain)
    let shape = try outputShapes([x.shape])[0]
    let (maxima, indices) = (engine.allocate(Layout(shape)), engine.allocate(Layout(shape)))
    let size = Array(x.shape.dropFirst(2))
    var output = 0
    forEachWinner(x) { winner, plane in
      maxima.elements[output] = x.elements[plane * size.elementCount + winner.rowMajorIndex(in: size)]
      let index = isColumnMajor ? winner.reversed().rowMajorIndex(in: size.reversed()) : winner.rowMajorIndex(in: size)
      indices.elements[output] = Float(plane * size.elementCount + index)
      output += 1
    }
    return ForwardResult([maxima, indices])
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    let x = try engine.reorder(pass.operands[0], to: .plain)
    let size = Array(x.shape.dropFirst(2))
    let dx = try engine.mapParts(gradient, count: pass.wanted[0]) { part in
      let dy = try engine.reorder(part, to: .plain)
      let dx = engine.allocate(x.layout)
      dx.elements.update(repeating: 0)
      var output = 0
      forEachWinner(x) { winner, plane in
        dx.elements[plane * size.elementCount + winner.rowMajorIndex(in: size)] += dy.elements[output]
        output += 1
      }
      return dx
    }
    return [dx]
  }

  /// Calls `body` with the place of the maximum of each window, in the order of the output, and the number of its map.
  private func forEachWinner(_ x: Memory, _ body: (_ place: [Int], _ plane: Int) -> Void) {
    let size = Array(x.shape.dropFirst(2))
    let outputSize = window.outputSize(size)
    for plane in 0..<(x.shape[0] * x.shape[1]) {
      let base = plane * size.elementCount
      for cell in 0..<outputSize.elementCount {
        let start = cell.place(in: outputSize).enumerated().map { $1 * window.strides[$0] - window.padsBegin[$0] }
        var best: (place: [Int], value: Float)?
        for tap in 0..<window.kernel.elementCount {
          let place = tap.place(in: window.kernel).enumerated().map { start[$0] + $1 * window.dilations[$0] }
          guard zip(place, size).allSatisfy({ (0..<$1).contains($0) }) else { continue }
          let value = x.elements[base + place.rowMajorIndex(in: size)]
          // The first that is not a number wins.
          if best.map({ value > $0.value || value.isNaN && !$0.value.isNaN }) ?? true { best = (place, value) }
        }
        body(best?.place ?? start.map { max($0, 0) }, plane)
      }
    }
  }
}

extension [Int] {
  /// The index of the element at this place of a tensor of `shape`.
  fileprivate func rowMajorIndex(in shape: [Int]) -> Int { zip(self, shape).reduce(0) { $0 * $1.1 + $1.0 } }
}

extension Int {
  /// The place of the element with this index in a tensor of `shape`.
  fileprivate func place(in shape: [Int]) -> [Int] {
    var rest = self
    return shape.reversed().map { size in
      defer { rest /= size }
      return rest % size
    }.reversed()
  }
}
