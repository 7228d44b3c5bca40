import COneDNN

/// y = a · b over the last two axes; leading axes are batches, and size 1 there is repeated.
///
/// A transposed operand is read in place: its shape is given as the product sees it.
struct MatrixProduct: PrimitiveRecipe {
  let first: [Int]
  let second: [Int]
  var transposesFirst = false
  var transposesSecond = false

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    let source = firstDescriptor
    let weights = secondDescriptor
    let destination = Layout(result).descriptor
    return try Primitive("product of \(first.shapeText) and \(second.shapeText)") { description in
      dnnl_matmul_primitive_desc_create(
        &description, engine.handle, source.handle, weights.handle, nil, destination.handle, nil)
    }
  }

  /// Shape of y.
  var result: [Int] {
    zip(first, second).dropLast(2).map(max) + [first[first.count - 2], second[second.count - 1]]
  }

  var firstDescriptor: Descriptor { Self.descriptor(first, transposed: transposesFirst) }
  var secondDescriptor: Descriptor { Self.descriptor(second, transposed: transposesSecond) }

  private static func descriptor(_ shape: [Int], transposed: Bool) -> Descriptor {
    guard transposed else { return Descriptor(shape, strides: shape.rowMajorStrides) }
    var stored = shape
    stored.swapAt(shape.count - 1, shape.count - 2)
    var strides = stored.rowMajorStrides
    strides.swapAt(shape.count - 1, shape.count - 2)
    return Descriptor(shape, strides: strides)
  }
}

extension Engine {
  /// a · b of plain memories whose shapes, after transposing, are those of `product`.
  func multiply(_ product: MatrixProduct, _ first: Memory, _ second: Memory) throws(OneDNNError) -> Memory {
    let result = allocate(Layout(product.result))
    try execute(
      primitive(product),
      [
        (.source, MemoryView(descriptor: product.firstDescriptor, base: first)),
        (.weights, MemoryView(descriptor: product.secondDescriptor, base: second)), (.destination, result),
      ])
    return result
  }
}
