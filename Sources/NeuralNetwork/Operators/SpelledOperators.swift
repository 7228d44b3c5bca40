import Diagnostics

/// Operators of the standard that are made of others, spelled out in them.
///
/// Source: ONNX MeanVarianceNormalization-9, -13; LpPool-1, -2, -11, -18, -22; GlobalLpPool-1, -2, -22; AffineGrid-20.
enum SpelledOperators {
  static let registrations = [
    Registration("MeanVarianceNormalization", since: 9) { node in
      let axes = try node.attributes.integers("axes") ?? [0, 2, 3]
      var spelling = Spelling()
      let list = spelling.constant(axes)
      let x = Spelling.input(0)
      let centred = spelling.add("Sub", [x, spelling.add("ReduceMean", [x, list])])
      let variance = spelling.add("ReduceMean", [spelling.add("Mul", [centred, centred]), list])
      let deviation = spelling.add("Add", [spelling.add("Sqrt", [variance]), spelling.constant(1e-9)])
      spelling.outputs = [spelling.add("Div", [centred, deviation])]
      return .spelling(spelling)
    },
    Registration("GlobalLpPool") { node in
      let axes = Array(2..<max(2, try node.shape(0).count))
      return try norm(&node) { powers, _, spelling in
        spelling.add("ReduceSum", [powers, spelling.constant(axes)])
      }
    },
    Registration("LpPool") { node in
      guard let kernel = try node.attributes.integers("kernel_shape"),
        kernel.allSatisfy({ (1...(1 << 20)).contains($0) })
      else { throw node.fault("has no kernel shape that fits its input.") }
      guard try !node.attributes.flag("ceil_mode") else {
        throw node.fault("has ceil_mode = 1, which is not supported for this operator.")
      }
      return try norm(&node) { powers, attributes, spelling in
        let mean = spelling.add(
          "AveragePool", [powers],
          attributes + [
            ONNXAttribute("kernel_shape", integers: kernel), ONNXAttribute("count_include_pad", integer: 1),
          ])
        return spelling.add("Mul", [mean, spelling.constant(Float(kernel.saturatingElementCount))])
      }
    },
    Registration("AffineGrid", since: 20) { node in
      let size = try node.constant(1, "size").integers
      let theta = try node.shape(0)
      guard (4...5).contains(size.count), theta == [size[0], size.count - 2, size.count - 1],
        size.allSatisfy({ $0 > 0 }), size.saturatingElementCount <= 1 << 24
      else { throw node.fault("makes a grid for \(size.shapeText) of \(theta.shapeText), which do not fit.") }
      let sides = Array(size.dropFirst(2))
      let places = grid(sides, alignsCorners: try node.attributes.flag("align_corners"))
      var spelling = Spelling()
      let base = spelling.constant(ONNXTensor(shape: [sides.elementCount, sides.count + 1], places))
      let columns = spelling.add("Transpose", [Spelling.input(0)], [ONNXAttribute("perm", integers: [0, 2, 1])])
      let points = spelling.add("MatMul", [base, columns])
      spelling.outputs = [spelling.add("Reshape", [points, spelling.constant([size[0]] + sides + [sides.count])])]
      return .spelling(spelling)
    },
  ]

  /// (Σ |x|ᵖ)^1/ᵖ, where `sum` sums.
  private static func norm(
    _ node: inout NodeReader, _ sum: (_ powers: String, _ rest: [ONNXAttribute], inout Spelling) -> String
  ) throws -> Translation {
    // Version 1 had a float.
    let p =
      try node.opset < 2 ? node.attributes.float("p", default: 2) : Float(node.attributes.integer("p", default: 2))
    guard p > 0 else { throw node.fault("has the impossible norm \(p).") }
    let rest = node.attributes.rest()
    var spelling = Spelling()
    let magnitude = spelling.add("Abs", [Spelling.input(0)])
    let total = sum(p == 1 ? magnitude : spelling.add("Pow", [magnitude, spelling.constant(p)]), rest, &spelling)
    spelling.outputs = [
      p == 1 ? total : p == 2 ? spelling.add("Sqrt", [total]) : spelling.add("Pow", [total, spelling.constant(1 / p)])
    ]
    return .spelling(spelling)
  }

  /// For each place of a grid, row by row, its coordinates from −1 to 1, the innermost first, and 1.
  private static func grid(_ sides: [Int], alignsCorners: Bool) -> [Float] {
    let strides = sides.rowMajorStrides
    return (0..<sides.elementCount).flatMap { place in
      sides.indices.reversed().map { axis -> Float in
        let (position, count) = (Float(place / strides[axis] % sides[axis]), Float(sides[axis]))
        if alignsCorners { return count > 1 ? 2 * position / (count - 1) - 1 : 0 }
        return (2 * position + 1) / count - 1
      } + [1]
    }
  }
}
