import COneDNN

/// y = exp(x) / Σ exp(x) along an axis.
struct SoftmaxForward: PrimitiveRecipe {
  let layout: Layout
  let axis: Int

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    var operation = dnnl_softmax_v2_desc_t()
    var source = layout.descriptor.value
    var destination = source
    try check(
      dnnl_softmax_v2_forward_desc_init(
        &operation, dnnl_forward_training, dnnl_softmax_accurate, &source, &destination, Int32(axis)),
      "dnnl_softmax_v2_forward_desc_init")
    return try Primitive(&operation, on: engine, "softmax of \(layout.shape.shapeText)")
  }
}

/// dx = y · (dy − Σ dy · y).
struct SoftmaxBackward: PrimitiveRecipe {
  let forward: SoftmaxForward

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    var operation = dnnl_softmax_v2_desc_t()
    var sourceGradient = forward.layout.descriptor.value
    var destinationGradient = sourceGradient
    var destination = sourceGradient
    try check(
      dnnl_softmax_v2_backward_desc_init(
        &operation, dnnl_softmax_accurate, &sourceGradient, &destinationGradient, &destination, Int32(forward.axis)),
      "dnnl_softmax_v2_backward_desc_init")
    return try Primitive(
      &operation, on: engine, forward: engine.primitive(forward),
      "backward softmax of \(forward.layout.shape.shapeText)")
  }
}
