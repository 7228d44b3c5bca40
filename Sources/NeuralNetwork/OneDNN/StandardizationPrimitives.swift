import COneDNN

/// y = (x − μ) / √(σ² + ε) for each row of a matrix, with the row's own mean and variance, which it leaves behind.
struct StandardizationForward: PrimitiveRecipe {
  let rows: Int
  let columns: Int
  let epsilon: Float

  /// The layout of x and y.
  var layout: Layout { Layout([rows, columns]) }
  /// The layout of the means and of the variances.
  var statistics: Layout { Layout([rows]) }

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    let data = layout.descriptor
    let statistics = statistics.descriptor
    return try Primitive("standardization of \(layout.shape.shapeText)") { description in
      dnnl_layer_normalization_forward_primitive_desc_create(
        &description, engine.handle, dnnl_forward_training, data.handle, data.handle, statistics.handle, epsilon,
        dnnl_normalization_flags_none.rawValue, nil)
    }
  }
}

/// dx from dy, x and the statistics of the forward run.
struct StandardizationBackward: PrimitiveRecipe {
  let forward: StandardizationForward

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    let hint = try engine.primitive(forward)
    let data = forward.layout.descriptor
    let statistics = forward.statistics.descriptor
    return try Primitive("backward standardization of \(forward.layout.shape.shapeText)") { description in
      dnnl_layer_normalization_backward_primitive_desc_create(
        &description, engine.handle, dnnl_backward_data, data.handle, data.handle, data.handle, statistics.handle,
        forward.epsilon, dnnl_normalization_flags_none.rawValue, hint.description, nil)
    }
  }
}

extension Argument {
  static let mean = Argument(rawValue: 49)
  static let variance = Argument(rawValue: 50)
}
