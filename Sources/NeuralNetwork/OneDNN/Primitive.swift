import COneDNN

/// One computation, compiled by oneDNN for its shapes and layouts.
final class Primitive {
  let handle: dnnl_primitive_t

  /// Compiles what `describe` describes by one of oneDNN's `…_primitive_desc_create`.
  ///
  /// - Parameter call: what is made and for which shapes, for the error.
  /// - Throws: `OneDNNError`; `isUnimplemented` where oneDNN cannot do it in these layouts.
  init(
    _ call: String, _ describe: (inout dnnl_primitive_desc_t?) -> dnnl_status_t
  ) throws(OneDNNError) {
    var description: dnnl_primitive_desc_t?
    try check(describe(&description), call)
    defer { dnnl_primitive_desc_destroy(description) }
    var primitive: dnnl_primitive_t?
    try check(dnnl_primitive_create(&primitive, description), call)
    guard let primitive else { throw OneDNNError(call: call, status: dnnl_runtime_error) }
    handle = primitive
  }

  deinit {
    dnnl_primitive_destroy(handle)
  }

  /// The primitive's own descriptor: what its backward takes as a hint.
  var description: const_dnnl_primitive_desc_t? {
    var description: const_dnnl_primitive_desc_t?
    return dnnl_primitive_get_primitive_desc(handle, &description) == dnnl_success ? description : nil
  }

  /// The name of what oneDNN computes it by, such as `jit:avx2`.
  var implementation: String {
    var name: UnsafePointer<CChar>?
    let status = dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, &name)
    return status == dnnl_success ? name.map { String(cString: $0) } ?? "" : ""
  }

  /// What oneDNN chose for an argument.
  func descriptor(of argument: Argument) throws(OneDNNError) -> Descriptor {
    guard let found = dnnl_primitive_desc_query_md(description, dnnl_query_exec_arg_md, argument.rawValue) else {
      throw OneDNNError(call: "dnnl_primitive_desc_query_md(\(argument))", status: dnnl_invalid_arguments)
    }
    return Descriptor(copying: found)
  }

  /// The workspace that the forward primitive fills for its backward, if it has one.
  var workspace: Descriptor? {
    guard let found = dnnl_primitive_desc_query_md(description, dnnl_query_workspace_md, 0),
      dnnl_memory_desc_get_size(found) > 0
    else { return nil }
    return Descriptor(copying: found)
  }
}

/// A primitive that can be made on demand; equal recipes make equal primitives.
protocol PrimitiveRecipe: Hashable {
  /// - Throws: `OneDNNError`; `isUnimplemented` where oneDNN cannot do it in these layouts.
  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive
}

/// The arguments of primitives, by oneDNN's numbers (`DNNL_ARG_SRC` and so on).
struct Argument: Hashable {
  let rawValue: Int32

  static let source = Argument(rawValue: DNNL_ARG_SRC)
  static let source1 = Argument(rawValue: DNNL_ARG_SRC_1)
  static let destination = Argument(rawValue: DNNL_ARG_DST)
  static let weights = Argument(rawValue: DNNL_ARG_WEIGHTS)
  static let bias = Argument(rawValue: DNNL_ARG_BIAS)
  static let workspace = Argument(rawValue: DNNL_ARG_WORKSPACE)
  static let sourceGradient = Argument(rawValue: DNNL_ARG_DIFF_SRC)
  static let destinationGradient = Argument(rawValue: DNNL_ARG_DIFF_DST)
  /// The second operand of an addition that is the first post-operation.
  static let fusedAddend = Argument(rawValue: DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | DNNL_ARG_SRC_1)

  /// Input `index` of a primitive with many.
  static func source(_ index: Int) -> Argument { Argument(rawValue: DNNL_ARG_MULTIPLE_SRC + Int32(index)) }
}

/// What a convolution does with its sum before it stores it.
enum PostOperation: Hashable {
  case add(Layout)
  case relu
  case clip(lower: Float, upper: Float)
}

/// Attributes of a primitive.
final class Attributes {
  let handle: dnnl_primitive_attr_t

  /// - Throws: `OneDNNError` where oneDNN refuses a post-operation.
  init?(_ operations: [PostOperation]) throws(OneDNNError) {
    guard !operations.isEmpty else { return nil }
    var list: dnnl_post_ops_t?
    try check(dnnl_post_ops_create(&list), "dnnl_post_ops_create")
    defer { dnnl_post_ops_destroy(list) }
    for operation in operations {
      switch operation {
      case .add(let layout):
        let addend = layout.descriptor
        try check(dnnl_post_ops_append_binary(list, dnnl_binary_add, addend.handle), "dnnl_post_ops_append_binary")
      case .relu:
        try check(onednn_post_ops_append_eltwise(list, dnnl_eltwise_relu, 0, 0), "dnnl_post_ops_append_eltwise")
      case .clip(let lower, let upper):
        try check(
          onednn_post_ops_append_eltwise(list, dnnl_eltwise_clip, lower, upper), "dnnl_post_ops_append_eltwise")
      }
    }
    var attributes: dnnl_primitive_attr_t?
    try check(dnnl_primitive_attr_create(&attributes), "dnnl_primitive_attr_create")
    guard let attributes else { return nil }
    handle = attributes
    try check(dnnl_primitive_attr_set_post_ops(attributes, list), "dnnl_primitive_attr_set_post_ops")
  }

  deinit {
    dnnl_primitive_attr_destroy(handle)
  }
}
