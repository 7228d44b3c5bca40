import Diagnostics

/// Operators that ONNX Runtime writes when it optimises a model, spelled out in those that it fused.
///
/// Source: ONNX Runtime, docs/ContribOperators.md. LayerNormalization and SimplifiedLayerNormalization it writes into the
/// standard domain, whatever the operator set.
enum FusedOperators {
  private static let domain = "com.microsoft"

  static let registrations: [Registration] =
    [
      Registration("FusedConv", domain: domain) { node in
        let activation = try FusedActivation(&node, parameters: node.attributes.floats("activation_params") ?? [])
        return spelled { spelling in
          var y = spelling.add("Conv", inputs(node, 0..<3), node.attributes.rest())
          if node.has(3) { y = spelling.add("Add", [y, Spelling.input(3)]) }
          return [activation.add(y, to: &spelling)]
        }
      },
      Registration("FusedGemm", domain: domain) { node in
        let names = ["activation_alpha", "activation_beta", "activation_gamma"]
        let parameters = try names.compactMap { try node.attributes.optionalFloat($0) }
        let activation = try FusedActivation(&node, parameters: parameters)
        return spelled { spelling in
          [activation.add(spelling.add("Gemm", inputs(node, 0..<3), node.attributes.rest()), to: &spelling)]
        }
      },
      Registration("FusedMatMul", domain: domain) { try fusedMatMul(&$0) },
      Registration("TransposeMatMul", domain: domain) { try fusedMatMul(&$0) },
      Registration("Gelu", domain: domain) { node in spelled { [$0.add("Gelu", inputs(node, 0..<1))] } },
      Registration("BiasGelu", domain: domain) { node in
        spelled { [$0.add("Gelu", [$0.add("Add", inputs(node, 0..<2))])] }
      },
      Registration("FastGelu", domain: domain) { node in
        spelled { spelling in
          let x = node.has(1) ? spelling.add("Add", inputs(node, 0..<2)) : Spelling.input(0)
          return [spelling.add("Gelu", [x], [ONNXAttribute("approximate", string: "tanh")])]
        }
      },
      Registration("QuickGelu", domain: domain) { node in
        let alpha = try node.attributes.float("alpha", default: 1.702)
        return spelled { [$0.add("Swish", inputs(node, 0..<1), [ONNXAttribute("alpha", float: alpha)])] }
      },
      Registration("SkipLayerNormalization", domain: domain) { node in
        let epsilon = try node.attributes.float("epsilon", default: 1e-12)
        return spelled { spelling in
          let sum = skipped(node, bias: 4, &spelling)
          let parameters = [Spelling.input(2)] + (node.has(3) ? [Spelling.input(3)] : [])
          return spelling.add(
            "LayerNormalization", [sum] + parameters, outputCount: 3, [ONNXAttribute("epsilon", float: epsilon)]) + [
              sum
            ]
        }
      },
      Registration("SkipSimplifiedLayerNormalization", domain: domain) { node in
        let epsilon = try node.attributes.float("epsilon", default: 1e-5)
        return spelled { spelling in
          let sum = skipped(node, bias: 3, &spelling)
          let y = spelling.add(
            "RMSNormalization", [sum, Spelling.input(2)], [ONNXAttribute("epsilon", float: epsilon)])
          // Its mean and variance are for training alone.
          return [y, "", "", sum]
        }
      },
      Registration("SimplifiedLayerNormalization") { node in
        spelled { [$0.add("RMSNormalization", inputs(node, 0..<2), node.attributes.rest())] }
      },
      Registration("GridSample", domain: domain) { node in
        let mode = try node.attributes.string("mode", default: "bilinear")
        let names = ["bilinear": "linear", "bicubic": "cubic"]
        return spelled { spelling in
          [
            spelling.add(
              "GridSample", inputs(node, 0..<2),
              node.attributes.rest() + [ONNXAttribute("mode", string: names[mode] ?? mode)])
          ]
        }
      },
    ]

  private static func spelled(_ make: (inout Spelling) -> [String]) -> Translation {
    var spelling = Spelling()
    spelling.outputs = make(&spelling)
    return .spelling(spelling)
  }

  /// The names inside of those inputs that are there; such as are left out may only stand at the end.
  private static func inputs(_ node: NodeReader, _ range: Range<Int>) -> [String] {
    range.map { node.has($0) ? Spelling.input($0) : "" }
  }

  /// x + skip, and a bias where there is one.
  private static func skipped(_ node: NodeReader, bias: Int, _ spelling: inout Spelling) -> String {
    let sum = spelling.add("Add", inputs(node, 0..<2))
    return node.has(bias) ? spelling.add("Add", [sum, Spelling.input(bias)]) : sum
  }

  /// α · a′ · b′, where `transA` swaps the last two axes, and before that `transBatchA` moves the first behind all but one.
  private static func fusedMatMul(_ node: inout NodeReader) throws -> Translation {
    let alpha = try node.attributes.float("alpha", default: 1)
    var permutations: [[Int]] = []
    for (index, letter) in ["A", "B"].enumerated() {
      let rank = try node.shape(index).count
      var order = Array(0..<rank)
      let (swaps, moves) = (try node.attributes.flag("trans" + letter), try node.attributes.flag("transBatch" + letter))
      if moves, rank > 2 { order = order[1..<(rank - 1)] + [0, rank - 1] }
      if swaps, rank > 1 { order.swapAt(rank - 1, rank - 2) }
      permutations.append(order)
    }
    return spelled { spelling in
      let factors = permutations.enumerated().map { index, order in
        order == Array(order.indices)
          ? Spelling.input(index)
          : spelling.add("Transpose", [Spelling.input(index)], [ONNXAttribute("perm", integers: order)])
      }
      let y = spelling.add("MatMul", factors)
      return [alpha == 1 ? y : spelling.add("Mul", [y, spelling.constant(alpha)])]
    }
  }
}

/// The activation that ONNX Runtime put into the operator before it.
private struct FusedActivation {
  private let operatorType: String
  private let parameters: [Float]

  /// Names of the attributes that the parameters are, in order; a clip's are inputs.
  private static let attributes: [String: [String]] = [
    "": [], "Relu": [], "Sigmoid": [], "Tanh": [], "Softplus": [], "Softsign": [], "LeakyRelu": ["alpha"],
    "Elu": ["alpha"],
    "ThresholdedRelu": ["alpha"], "HardSigmoid": ["alpha", "beta"], "Selu": ["alpha", "gamma"], "HardSwish": [],
    "Clip": [],
  ]

  init(_ node: inout NodeReader, parameters: [Float]) throws {
    operatorType = try node.attributes.string("activation", default: "")
    self.parameters = parameters
    let count = Self.attributes[operatorType]?.count ?? -1
    guard count >= 0, operatorType == "Clip" ? parameters.count == 2 : parameters.count >= count || parameters.isEmpty
    else {
      throw node.fault(
        "holds the activation “\(operatorType)” with \(parameters.count) numbers, which is not supported.")
    }
  }

  func add(_ x: String, to spelling: inout Spelling) -> String {
    if operatorType.isEmpty { return x }
    if operatorType == "Clip" {
      return spelling.add("Clip", [x, spelling.constant(parameters[0]), spelling.constant(parameters[1])])
    }
    let names = Self.attributes[operatorType] ?? []
    return spelling.add(operatorType, [x], zip(names, parameters).map { ONNXAttribute($0, float: $1) })
  }
}
