import Diagnostics

/// y = xᵀ∗ w + b: the way back through a convolution, run forward, which makes maps larger.
///
/// x is [N, C, H, W], w [C, M/g, kH, kW], b [M], y [N, M, H′, W′] with H′ = stride · (H − 1) + the kernel's extent − pads +
/// output padding. Its own way back is that convolution. Source: ONNX ConvTranspose-1, -11, -22; Dumoulin and Visin 2016.
struct TransposedConvolution: Operator {
  static let registrations = [
    Registration("ConvTranspose") { node in
      let input = try node.operand(0)
      let weights = try node.constant(1, "weights")
      let bias = try node.optionalConstant(2, "bias")
      let groups = try node.attributes.integer("group", default: 1)
      guard weights.elementType == .float32, weights.count > 0, weights.shape.count == input.count,
        (3...5).contains(input.count), groups > 0, groups <= input[1], input[1] % groups == 0,
        weights.shape[0] == input[1], bias.map({ $0.shape == [weights.shape[1] * groups] }) ?? true
      else {
        throw node.fault(
          "has weights \(weights.shape.shapeText) in \(groups) group(s), which do not fit an input of \(input.shapeText)."
        )
      }
      let (window, size) = try window(
        &node, kernel: Array(weights.shape.dropFirst(2)), input: Array(input.dropFirst(2)))
      return .operation(
        TransposedConvolution(
          convolution: Convolution(weights: weights, bias: nil, groups: groups, window: window),
          bias: bias?.reshaped([1, weights.shape[1] * groups] + size.map { _ in 1 }),
          channels: weights.shape[1] * groups, size: size))
    }
  ]

  /// From y to x.
  let convolution: Convolution
  /// [1, M, 1, 1].
  let bias: Constant?
  /// M.
  let channels: Int
  /// [H′, W′].
  let size: [Int]

  /// The window of the convolution from y to x, and the size of y.
  private static func window(
    _ node: inout NodeReader, kernel: [Int], input: [Int]
  ) throws -> (window: Window, size: [Int]) {
    let (ones, zeros) = (kernel.map { _ in 1 }, kernel.map { _ in 0 })
    let stated = try node.attributes.integers("kernel_shape") ?? kernel
    let strides = try node.attributes.integers("strides") ?? ones
    let dilations = try node.attributes.integers("dilations") ?? ones
    let pads = try node.attributes.integers("pads") ?? zeros + zeros
    let extra = try node.attributes.integers("output_padding") ?? zeros
    let sizes = try node.attributes.integers("output_shape")
    let autoPad = try node.attributes.string("auto_pad", default: "NOTSET")
    let limits = 1...(1 << 20)
    guard stated == kernel, strides.count == kernel.count, dilations.count == kernel.count,
      pads.count == 2 * kernel.count, extra.count == kernel.count, sizes.map({ $0.count == kernel.count }) ?? true,
      (kernel + strides + dilations + (sizes ?? [])).allSatisfy(limits.contains),
      (pads + extra).allSatisfy((0...(1 << 20)).contains)
    else {
      throw node.fault(
        "has an impossible kernel \(stated), strides \(strides), dilations \(dilations), pads \(pads), output padding "
          + "\(extra) or output shape\(sizes.map { " \($0)" } ?? "").")
    }
    guard ["NOTSET", "", "VALID", "SAME_UPPER", "SAME_LOWER"].contains(autoPad) else {
      throw node.fault("has the unknown auto_pad “\(autoPad)”.")
    }
    var window = Window(
      kernel: kernel, strides: strides, dilations: dilations, padsBegin: Array(pads.prefix(kernel.count)),
      padsEnd: Array(pads.suffix(kernel.count)))
    if autoPad == "VALID" { (window.padsBegin, window.padsEnd) = (zeros, zeros) }
    var size: [Int] = []
    for axis in kernel.indices {
      let whole = strides[axis] * (input[axis] - 1) + window.extent(axis) + extra[axis]
      // Where the output's size is given, the pads follow from it.
      if let wanted = sizes?[axis] ?? (autoPad.hasPrefix("SAME") ? input[axis] * strides[axis] : nil) {
        let total = max(0, whole - wanted)
        window.padsBegin[axis] = autoPad == "SAME_UPPER" ? total / 2 : total - total / 2
        window.padsEnd[axis] = total - window.padsBegin[axis]
        size.append(wanted)
      } else {
        size.append(whole - window.padsBegin[axis] - window.padsEnd[axis])
      }
    }
    guard size.allSatisfy(limits.contains), zip(size, kernel.indices).allSatisfy({ fits($0, input, window, $1) }) else {
      throw node.fault(
        "makes \(input.shapeText) to \(size.shapeText) with strides \(strides), which is not supported.",
        hint: "Its output padding must be smaller than its strides.")
    }
    return (window, size)
  }

  /// Whether the convolution takes `size` back to the input's size.
  private static func fits(_ size: Int, _ input: [Int], _ window: Window, _ axis: Int) -> Bool {
    let span = size + window.padsBegin[axis] + window.padsEnd[axis] - window.extent(axis)
    return span >= 0 && span / window.strides[axis] + 1 == input[axis]
  }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { [[operands[0][0], channels] + size] }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let sum = try convolution.backwardData(
      pass.operands[0], source: outputShapes([pass.operands[0].shape])[0], on: engine)
    guard let bias else { return ForwardResult(sum) }
    return ForwardResult(try engine.combine(.add, sum, engine.view(bias, allowsMisalignment: false)))
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    // The convolution is prepared for the one picture of the forward run.
    return [
      try engine.mapParts(gradient, count: pass.wanted[0]) { try convolution.forward([$0], on: engine).outputs[0] }
    ]
  }
}
