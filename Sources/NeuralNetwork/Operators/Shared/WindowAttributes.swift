import Diagnostics

extension Window {
  /// The window of a convolution or pooling, from `strides`, `dilations`, `pads` and `auto_pad`.
  ///
  /// - Parameters:
  ///   - kernel: what the weights say, or `nil` to read `kernel_shape`.
  ///   - size: spatial size of the input.
  /// - Throws: `Diagnostic` where the attributes contradict each other or the kernel does not fit.
  static func read(_ node: inout NodeReader, kernel: [Int]?, size: [Int]) throws -> Window {
    let stated = try node.attributes.integers("kernel_shape")
    guard let kernel = kernel ?? stated, stated ?? kernel == kernel, kernel.count == size.count else {
      throw node.fault("has no kernel shape that fits its input.")
    }
    let ones = [Int](repeating: 1, count: size.count)
    let strides = try node.attributes.integers("strides") ?? ones
    let dilations = try node.attributes.integers("dilations") ?? ones
    let pads = try node.attributes.integers("pads") ?? ones.map { _ in 0 } + ones.map { _ in 0 }
    let autoPad = try node.attributes.string("auto_pad", default: "NOTSET")
    let limits = 1...(1 << 20)
    guard strides.count == size.count, dilations.count == size.count, pads.count == 2 * size.count,
      (kernel + strides + dilations).allSatisfy(limits.contains), pads.allSatisfy((0...(1 << 20)).contains)
    else {
      throw node.fault("has impossible strides \(strides), dilations \(dilations) or pads \(pads).")
    }
    var window = Window(
      kernel: kernel, strides: strides, dilations: dilations, padsBegin: Array(pads.prefix(size.count)),
      padsEnd: Array(pads.suffix(size.count)))
    switch autoPad {
    case "NOTSET", "": break
    case "VALID": (window.padsBegin, window.padsEnd) = (ones.map { _ in 0 }, ones.map { _ in 0 })
    case "SAME_UPPER", "SAME_LOWER": window.padToSameSize(size, extraAtEnd: autoPad == "SAME_UPPER")
    default: throw node.fault("has the unknown auto_pad “\(autoPad)”.")
    }
    for axis in size.indices
    where size[axis] + window.padsBegin[axis] + window.padsEnd[axis] < window.extent(axis) {
      throw node.fault(
        "has a kernel of \(window.extent(axis)) for an input of only \(size[axis]) along spatial axis \(axis).",
        hint: "Try a larger input size.")
    }
    return window
  }

  /// The window that covers an input of `size` once.
  static func global(_ size: [Int]) -> Window {
    let ones = size.map { _ in 1 }
    let zeros = size.map { _ in 0 }
    return Window(kernel: size, strides: ones, dilations: ones, padsBegin: zeros, padsEnd: zeros)
  }

  /// Pads so that the output has ⌈size / stride⌉ positions.
  private mutating func padToSameSize(_ size: [Int], extraAtEnd: Bool) {
    for axis in size.indices {
      let output = (size[axis] + strides[axis] - 1) / strides[axis]
      let total = max(0, (output - 1) * strides[axis] + extent(axis) - size[axis])
      padsBegin[axis] = extraAtEnd ? total / 2 : total - total / 2
      padsEnd[axis] = total - padsBegin[axis]
    }
  }

  /// The window padded at the end so that the output is rounded up. A last window that would begin in the padding at
  /// the end is left out, as PyTorch does (and ONNX since version 19).
  func roundingUp(_ size: [Int]) -> Window {
    var window = self
    for axis in size.indices {
      let span = size[axis] + padsBegin[axis] + padsEnd[axis] - extent(axis)
      var output = (span + strides[axis] - 1) / strides[axis] + 1
      if (output - 1) * strides[axis] >= size[axis] + padsBegin[axis] { output -= 1 }
      window.padsEnd[axis] = max(0, (output - 1) * strides[axis] + extent(axis) - size[axis] - padsBegin[axis])
    }
    return window
  }
}

extension NodeReader {
  /// Takes the first input as an operand and returns its spatial size: [H, W], or [L], or [D, H, W].
  mutating func pooledSize() throws -> [Int] {
    let shape = try operand(0)
    guard (3...5).contains(shape.count) else {
      throw fault("slides over a tensor of shape \(shape.shapeText), which has not one to three spatial axes.")
    }
    return Array(shape.dropFirst(2))
  }
}
