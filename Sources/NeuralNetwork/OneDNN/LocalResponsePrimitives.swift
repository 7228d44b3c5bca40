import COneDNN

/// y_c = x_c · (k + α/n · Σ x²)^−β, the sum over the n channels around c.
struct LocalResponseForward: PrimitiveRecipe {
  let layout: Layout
  let size: Int
  let alpha: Float
  let beta: Float
  let bias: Float

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    let data = layout.descriptor
    return try Primitive("LRN of \(layout.shape.shapeText)") { description in
      dnnl_lrn_forward_primitive_desc_create(
        &description, engine.handle, dnnl_forward_training, dnnl_lrn_across_channels, data.handle, data.handle,
        Int64(size), alpha, beta, bias, nil)
    }
  }
}

/// dx from dy and x.
struct LocalResponseBackward: PrimitiveRecipe {
  let forward: LocalResponseForward

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    let hint = try engine.primitive(forward)
    let data = forward.layout.descriptor
    return try Primitive("backward LRN of \(forward.layout.shape.shapeText)") { description in
      dnnl_lrn_backward_primitive_desc_create(
        &description, engine.handle, dnnl_lrn_across_channels, data.handle, data.handle, data.handle,
        Int64(forward.size), forward.alpha, forward.beta, forward.bias, hint.description, nil)
    }
  }
}
