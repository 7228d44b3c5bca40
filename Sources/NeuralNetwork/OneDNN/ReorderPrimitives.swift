import COneDNN

/// Copies a tensor to another layout.
struct Reorder: PrimitiveRecipe {
  let from: Layout
  let to: Layout

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    try .reorder(from: from.descriptor, to: to.descriptor, on: engine)
  }
}

/// Copies the part of a tensor that begins at `offset` along its channels to memory of its own.
struct PartReorder: PrimitiveRecipe {
  let whole: Layout
  let part: Layout
  let offset: [Int]

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    try .reorder(
      from: whole.descriptor.part(shape: part.shape, offset: offset), to: part.descriptor, on: engine)
  }
}

extension Primitive {
  /// A reorder between any two descriptors of one shape.
  static func reorder(from: Descriptor, to: Descriptor, on engine: Engine) throws(OneDNNError) -> Primitive {
    try Primitive("reorder") { description in
      dnnl_reorder_primitive_desc_create(&description, from.handle, engine.handle, to.handle, engine.handle, nil)
    }
  }
}

extension Engine {
  /// Copies plain weights into the layout that a primitive asks for.
  ///
  /// - Parameter shape: the weights' shape as the primitive sees it (with a group axis, for a grouped convolution).
  func pack(_ weights: Memory, shape: [Int], as descriptor: Descriptor) throws(OneDNNError) -> OpaqueMemory {
    let packed = allocate(descriptor)
    let plain = Layout(shape)
    let reorder = try Primitive.reorder(
      from: Descriptor(shape, strides: shape.rowMajorStrides), to: descriptor, on: self)
    try execute(
      reorder,
      [
        (.source, Memory(layout: plain, buffer: weights.buffer, byteOffset: weights.byteOffset)),
        (.destination, packed),
      ])
    return packed
  }
}

/// Copies a plain tensor of `shape` to one whose axis i is its axis `permutation[i]`.
struct PermutedReorder: PrimitiveRecipe {
  let shape: [Int]
  let permutation: [Int]

  /// The plain tensor, seen with its axes permuted.
  var source: Descriptor {
    let strides = shape.rowMajorStrides
    return Descriptor(permutation.map { shape[$0] }, strides: permutation.map { strides[$0] })
  }

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    try .reorder(from: source, to: Layout(permutation.map { shape[$0] }).descriptor, on: engine)
  }
}
