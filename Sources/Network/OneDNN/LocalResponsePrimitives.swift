import COneDNN

/// y_c = x_c · (k + α/n · Σ x²)^−β, the sum over the n channels around c.
struct LocalResponseForward: PrimitiveRecipe {
  let layout: Layout
  let size: Int
  let alpha: Float
  let beta: Float
  let bias: Float

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    var operation = dnnl_lrn_desc_t()
    var data = layout.descriptor.value
    try check(
      dnnl_lrn_forward_desc_init(
        &operation, dnnl_forward_training, dnnl_lrn_across_channels, &data, Int64(size), alpha, beta, bias),
      "dnnl_lrn_forward_desc_init")
    return try Primitive(&operation, on: engine, "LRN of \(layout.shape.shapeText)")
  }
}

/// dx from dy and x.
struct LocalResponseBackward: PrimitiveRecipe {
  let forward: LocalResponseForward

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    var operation = dnnl_lrn_desc_t()
    var data = forward.layout.descriptor.value
    var gradient = data
    try check(
      dnnl_lrn_backward_desc_init(
        &operation, dnnl_lrn_across_channels, &gradient, &data, Int64(forward.size), forward.alpha, forward.beta,
        forward.bias),
      "dnnl_lrn_backward_desc_init")
    return try Primitive(
      &operation, on: engine, forward: engine.primitive(forward),
      "backward LRN of \(forward.layout.shape.shapeText)")
  }
}
