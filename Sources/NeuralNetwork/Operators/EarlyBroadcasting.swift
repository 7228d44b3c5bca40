import Diagnostics

/// Operators of two operands as operator sets 1 to 6 have them: the second operand is repeated only where `broadcast` says
/// so, and lies along the axes of the first that `axis` says, by default the last ones.
///
/// Source: ONNX Add, Sub, Mul, Div, Pow, And, Or, Xor, Equal, Less, Greater-1, -6; PRelu-1, -6.
enum EarlyBroadcasting {
  static let registrations =
    ["Add", "Sub", "Mul", "Div", "Pow"].map { registration($0, .full) }
    + ["And", "Or", "Xor", "Equal", "Less", "Greater"].map { registration($0, .none) }
    + [
      Registration("PRelu") { node in
        node.attributes.ignore("consumed_inputs")
        let (shape, slope) = (try node.shape(0), try node.shape(1))
        // One slope for each channel.
        let isPerChannel = slope.count == 1 && slope[0] > 1 && shape.count > 1
        return try spelling("PRelu", node, second: isPerChannel ? slope + shape.dropFirst(2).map { _ in 1 } : slope)
      }
    ]

  private static func registration(_ operatorType: String, _ gradient: Registration.Gradient) -> Registration {
    Registration(operatorType, gradient: gradient) { node in
      node.attributes.ignore("consumed_inputs")
      let (first, second) = (try node.shape(0), try node.shape(1))
      let axis = try node.attributes.optionalInteger("axis")
      var target = second
      if try node.attributes.flag("broadcast"), let axis, axis >= 0 {
        guard axis <= first.count - second.count else {
          throw node.fault("has axis \(axis) for operands \(first.shapeText) and \(second.shapeText).")
        }
        target += [Int](repeating: 1, count: first.count - second.count - axis)
      }
      guard Broadcasting.shape(first, target) == first else {
        throw node.fault("combines shapes \(first.shapeText) and \(second.shapeText), which do not fit.")
      }
      return try spelling(operatorType, node, second: target)
    }
  }

  /// The newest operator of the name, with the second operand under a shape that fits.
  private static func spelling(_ operatorType: String, _ node: NodeReader, second target: [Int]) throws -> Translation {
    var spelling = Spelling()
    var second = Spelling.input(1)
    if try target != node.shape(1) { second = spelling.add("Reshape", [second, spelling.constant(target)]) }
    spelling.outputs = [spelling.add(operatorType, [Spelling.input(0), second])]
    return .spelling(spelling)
  }
}
