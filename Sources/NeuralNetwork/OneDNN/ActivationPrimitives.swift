import COneDNN

/// A smooth function of one element that oneDNN has, with its derivative at the input.
enum ActivationFunction: Hashable {
  case sigmoid
  case tanh
  case hardSwish
  case mish
  /// x · Φ(x), with the error function.
  case gelu
  /// x · Φ(x), with Φ approximated by a hyperbolic tangent.
  case geluTanh
  case softplus
  case exponential
  case squareRoot
  case absolute
  case elu(alpha: Float)
  case leakyRelu(slope: Float)

  /// oneDNN's function, and the parameters that make it ours: version 3 reads some that version 2 has built in.
  fileprivate var kind: (algorithm: dnnl_alg_kind_t, alpha: Float, beta: Float) {
    switch self {
    case .sigmoid: (dnnl_eltwise_logistic, 0, 0)
    case .tanh: (dnnl_eltwise_tanh, 0, 0)
    // x · min(max(αx + β, 0), 1)
    case .hardSwish: (dnnl_eltwise_hardswish, 1 / 6, 0.5)
    case .mish: (dnnl_eltwise_mish, 0, 0)
    case .gelu: (dnnl_eltwise_gelu_erf, 0, 0)
    case .geluTanh: (dnnl_eltwise_gelu_tanh, 0, 0)
    // log(1 + exp(αx)) / α
    case .softplus: (dnnl_eltwise_soft_relu, 1, 0)
    case .exponential: (dnnl_eltwise_exp, 0, 0)
    case .squareRoot: (dnnl_eltwise_sqrt, 0, 0)
    case .absolute: (dnnl_eltwise_abs, 0, 0)
    case .elu(let alpha): (dnnl_eltwise_elu, alpha, 0)
    case .leakyRelu(let slope): (dnnl_eltwise_relu, slope, 0)
    }
  }
}

/// y = f(x).
struct ActivationForward: PrimitiveRecipe {
  let function: ActivationFunction
  let layout: Layout

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    let (kind, alpha, beta) = function.kind
    let data = layout.descriptor
    return try Primitive("\(function) of \(layout.shape.shapeText)") { description in
      dnnl_eltwise_forward_primitive_desc_create(
        &description, engine.handle, dnnl_forward_training, kind, data.handle, data.handle, alpha, beta, nil)
    }
  }
}

/// dx = dy · f′(x).
struct ActivationBackward: PrimitiveRecipe {
  let forward: ActivationForward

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    let (kind, alpha, beta) = forward.function.kind
    let hint = try engine.primitive(forward)
    let data = forward.layout.descriptor
    return try Primitive("backward \(forward.function) of \(forward.layout.shape.shapeText)") { description in
      dnnl_eltwise_backward_primitive_desc_create(
        &description, engine.handle, kind, data.handle, data.handle, data.handle, alpha, beta, hint.description, nil)
    }
  }
}
