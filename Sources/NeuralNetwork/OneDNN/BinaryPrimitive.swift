import COneDNN

/// A function of two elements.
enum BinaryFunction: Hashable {
  case add
  case multiply
  case subtract
  case divide

  fileprivate var kind: dnnl_alg_kind_t {
    switch self {
    case .add: dnnl_binary_add
    case .multiply: dnnl_binary_mul
    case .subtract: dnnl_binary_sub
    case .divide: dnnl_binary_div
    }
  }
}

/// y = a ∘ b, in a's layout; where b has size 1 along an axis it is repeated. May run in place on a.
struct Binary: PrimitiveRecipe {
  let function: BinaryFunction
  let first: Layout
  let second: Layout

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    let first = first.descriptor
    let second = second.descriptor
    return try Primitive("\(function) of \(self.first.shape.shapeText)") { description in
      dnnl_binary_primitive_desc_create(
        &description, engine.handle, function.kind, first.handle, second.handle, first.handle, nil)
    }
  }
}
