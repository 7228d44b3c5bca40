import COneDNN

/// Joins tensors along an axis; parts and whole have one format.
struct Concatenation: PrimitiveRecipe {
  let parts: [Layout]
  let whole: Layout
  let axis: Int

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    let sources = parts.map(\.descriptor.value)
    var destination = whole.descriptor.value
    var description: dnnl_primitive_desc_t?
    let call = "concatenation to \(whole.shape.shapeText)"
    try check(
      dnnl_concat_primitive_desc_create(
        &description, &destination, Int32(sources.count), Int32(axis), sources, nil, engine.handle),
      call)
    return try Primitive(consuming: description, call)
  }
}
