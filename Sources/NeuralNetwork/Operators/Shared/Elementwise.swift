import Diagnostics

/// Functions of the elements of one tensor or of two.
extension Engine {
  /// a ∘ b in a's layout, b repeated along axes where it has size 1.
  func apply(_ function: BinaryFunction, _ first: Memory, _ second: Memory) throws -> Memory {
    // One number for each channel must lie as the channels do, or oneDNN falls back to a plain loop.
    let isPerChannel = second.shape.count == 4 && second.shape == [1, first.shape[1], 1, 1]
    let second = isPerChannel ? try reorder(second, to: first.layout.format) : second
    let result = allocate(first.layout)
    try execute(
      primitive(Binary(function: function, first: first.layout, second: second.layout)),
      [(.source, first), (.source1, second), (.destination, result)])
    return result
  }

  /// a ∘ b with broadcasting of both, in a layout of either.
  func combine(_ function: BinaryFunction, _ first: Memory, _ second: Memory) throws -> Memory {
    guard let shape = Broadcasting.shape(first.shape, second.shape) else {
      throw Diagnostic.error("shapes \(first.shape.shapeText) and \(second.shape.shapeText) do not fit together.")
    }
    if first.shape == second.shape {
      return try apply(function, first, reorder(second, to: first.layout.format))
    }
    let commutes = function == .add || function == .multiply
    if commutes, first.shape != shape, second.shape == shape { return try combine(function, second, first) }
    let rank = shape.count
    let left = try broadcast(first, to: shape)
    let right = try reorder(second, to: .plain).reshaped(Broadcasting.padded(second.shape, rank))
    return try apply(function, left, right)
  }

  /// A constant of shape [1].
  func scalar(_ value: Float) -> Memory { upload(Tensor(shape: [1], [value])) }

  /// `memory` times a number; itself for 1.
  func scale(_ memory: Memory, by factor: Float) throws -> Memory {
    factor == 1 ? memory : try combine(.multiply, memory, scalar(factor))
  }

  /// `transform` of each element, plain.
  func map(_ memory: Memory, _ transform: (Float) -> Float) throws -> Memory {
    let source = try reorder(memory, to: .plain)
    let result = allocate(source.layout)
    let (from, to) = (source.elements, result.elements)
    for index in from.indices { to[index] = transform(from[index]) }
    return result
  }

  /// `transform` of each pair of elements with broadcasting, plain.
  func zip(_ first: Memory, _ second: Memory, _ transform: (Float, Float) -> Float) throws -> Memory {
    let shape = Broadcasting.shape(first.shape, second.shape) ?? first.shape
    let (left, right) = (try reorder(first, to: .plain), try reorder(second, to: .plain))
    let whole = try broadcast(left, to: shape)
    let result = allocate(Layout(shape))
    // Taken after the last allocation: a buffer that nobody reads any more may be handed out again.
    let (a, b, y) = (whole.elements, right.elements, result.elements)
    Broadcasting.walk(shape, right.shape) { y[$0] = transform(a[$0], b[$1]) }
    return result
  }
}
