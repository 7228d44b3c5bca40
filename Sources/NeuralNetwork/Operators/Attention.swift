import Diagnostics

/// softmax(Q · Kᵀ · scale + bias) · V for each head, spelled out.
///
/// Source: ONNX Attention-23, -24; ONNX Runtime's com.microsoft.Attention and MultiHeadAttention; Vaswani et al. 2017.
enum Attention {
  static let registrations = [
    // Heads side by side, [N, T, heads · width], or apart, [N, heads, T, width].
    Registration("Attention", since: 23) { node in
      let shapes = try (0..<3).map { try node.shape($0) }
      let areApart = shapes[0].count == 4
      let heads = try ["q_num_heads", "kv_num_heads"].map { try node.attributes.integer($0, default: 0) }
      node.attributes.ignore("softmax_precision", "qk_matmul_output_mode")
      let isPlain =
        try (areApart ? shapes.allSatisfy { $0.count == 4 && $0[1] == shapes[0][1] } : heads[0] == heads[1])
        && !node.attributes.flag("is_causal") && node.attributes.float("softcap", default: 0) == 0
        && !(4..<7).contains { node.has($0) }
      return try spelled(
        &node, shapes, heads: areApart ? shapes[0][1] : heads[0], isPlain: isPlain, addend: 3
      ) { spelling in (0..<3).map { Spelling.input($0) } }
    },
    // x · w + b holds queries, keys and values side by side.
    Registration("Attention", domain: "com.microsoft") { node in
      let (input, bias) = (try node.shape(0), try node.shape(2))
      let sizes = try node.attributes.integers("qkv_hidden_sizes") ?? [Int](repeating: bias.elementCount / 3, count: 3)
      node.attributes.ignore("mask_filter_value")
      let isPlain =
        try sizes.count == 3 && input.count == 3 && !node.attributes.flag("unidirectional")
        && !node.attributes.flag("do_rotary") && !node.has(3) && !node.has(4) && !node.has(6)
      let shapes = isPlain ? sizes.map { [input[0], input[1], $0] } : []
      return try spelled(
        &node, shapes, heads: node.attributes.integer("num_heads", default: 0), isPlain: isPlain, addend: 5
      ) {
        spelling in
        let product = spelling.add("MatMul", [Spelling.input(0), Spelling.input(1)])
        return spelling.add(
          "Split", [spelling.add("Add", [product, Spelling.input(2)]), spelling.constant(sizes)], outputCount: 3,
          [ONNXAttribute("axis", integer: -1)])
      }
    },
    Registration("MultiHeadAttention", domain: "com.microsoft") { node in
      node.attributes.ignore("mask_filter_value")
      let isPlain =
        try node.has(1) && node.has(2) && !node.attributes.flag("unidirectional") && !node.has(4)
        && !node.inputs.indices.dropFirst(6).contains { node.has($0) }
      let shapes = isPlain ? try (0..<3).map { try node.shape($0) } : []
      let hasBias = node.has(3)
      return try spelled(
        &node, shapes, heads: node.attributes.integer("num_heads", default: 0), isPlain: isPlain, addend: 5
      ) {
        spelling in
        let tensors = (0..<3).map { Spelling.input($0) }
        guard hasBias else { return tensors }
        let biases = spelling.add(
          "Split", [Spelling.input(3), spelling.constant(shapes.map { $0.last ?? 0 })], outputCount: 3)
        return zip(tensors, biases).map { spelling.add("Add", [$0, $1]) }
      }
    },
  ]

  /// - Parameters:
  ///   - shapes: of queries, keys and values.
  ///   - isPlain: whether there is nothing else to it.
  ///   - addend: the input that is added to the products before the softmax.
  ///   - tensors: adds what makes queries, keys and values.
  private static func spelled(
    _ node: inout NodeReader, _ shapes: [[Int]], heads: Int, isPlain: Bool, addend: Int,
    tensors: (inout Spelling) -> [String]
  ) throws -> Translation {
    let rank = shapes.first?.count ?? 0
    guard isPlain, heads > 0, rank == 3 || rank == 4, shapes.allSatisfy({ $0.count == rank && $0.elementCount > 0 }),
      rank == 4 || shapes.allSatisfy({ $0[2] % heads == 0 }), node.readOutputCount == 1
    else {
      throw node.fault(
        "is attention with a past, masks of its own, a cap, or shared heads, which is not supported.",
        hint: node.opset > 17
          ? "Export the model with operator set 17, in which exporters spell it out."
          : "Take the model from before it was optimised.")
    }
    let width = rank == 4 ? shapes[0][3] : shapes[0][2] / heads
    // ONNX Runtime writes zero for the default.
    let scale =
      try node.attributes.optionalFloat("scale").flatMap { $0 == 0 ? nil : $0 } ?? 1 / Float(width).squareRoot()
    var spelling = Spelling()
    let sources = tensors(&spelling)
    let apart = zip(sources, [[0, 1, 2, 3], [0, 1, 3, 2], [0, 1, 2, 3]]).map { source, order in
      if rank == 4 { return transposed(source, order, &spelling) }
      let split = spelling.add("Reshape", [source, spelling.constant([0, 0, heads, -1])])
      return transposed(split, order.map { [0, 2, 1, 3][$0] }, &spelling)
    }
    var scores = spelling.add("Mul", [spelling.add("MatMul", [apart[0], apart[1]]), spelling.constant(scale)])
    if node.has(addend) {
      let mask = Spelling.input(addend)
      if node.isConstant(addend), try node.constant(addend, "mask").elementType == .bool {
        scores = spelling.add("Where", [mask, scores, spelling.constant(-.infinity)])
      } else if node.isConstant(addend) || !node.isStandard {
        scores = spelling.add("Add", [scores, mask])
      } else {
        // Whether it holds truth values cannot be seen: activations are all floats.
        throw node.fault("takes its mask from another node; only a constant is supported there.")
      }
    }
    let weights = spelling.add("Softmax", [scores], [ONNXAttribute("axis", integer: -1)])
    var result = spelling.add("MatMul", [weights, apart[2]])
    if rank == 3 {
      let rows = transposed(result, [0, 2, 1, 3], &spelling)
      result = spelling.add("Reshape", [rows, spelling.constant([0, 0, -1])])
    }
    spelling.outputs = [result]
    return .spelling(spelling)
  }

  private static func transposed(_ tensor: String, _ order: [Int], _ spelling: inout Spelling) -> String {
    order == [0, 1, 2, 3] ? tensor : spelling.add("Transpose", [tensor], [ONNXAttribute("perm", integers: order)])
  }
}
