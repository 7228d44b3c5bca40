import COneDNN

/// Joins tensors along an axis; parts and whole have one format.
struct Concatenation: PrimitiveRecipe {
  let parts: [Layout]
  let whole: Layout
  let axis: Int

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    let sources = parts.map(\.descriptor)
    let destination = whole.descriptor
    return try Primitive("concatenation to \(whole.shape.shapeText)") { description in
      onednn_concat_primitive_desc_create(
        &description, engine.handle, destination.handle, Int32(sources.count), Int32(axis), sources.map(\.handle))
    }
  }
}
