import CKernels

/// A batch of gradients that is still to pass the rectifier in front of it, if there is one: whoever reads it can apply it.
struct RectifiedGradient {
  /// As many tensors of the output's shape as there are rules.
  let gradient: Memory
  /// What is to be added before, a batch in the same layout.
  private let addend: Memory?
  private let rectifier: Rectifier?
  /// What came out of the rectifier, in the same format.
  private let output: Memory
  private let rules: [ReLURule]

  /// - Parameters:
  ///   - addend: another batch that is added to the first.
  ///   - output: what came out of the rectifier, or of what stands in its place.
  init(
    _ gradient: Memory, addend: Memory?, rectifier: Rectifier?, output: Memory, rules: [ReLURule], on engine: Engine
  ) throws {
    self.gradient = try engine.reorder(gradient, to: output.layout.format)
    self.addend = try addend.map { try engine.reorder($0, to: output.layout.format) }
    self.rectifier = rectifier
    self.output = output
    self.rules = rules
  }

  /// A gradient that has passed.
  private init(passed gradient: Memory, _ original: RectifiedGradient) {
    self.gradient = gradient
    (addend, rectifier, output, rules) = (nil, nil, original.output, original.rules)
  }

  /// The number of gradients.
  var count: Int { rules.count }

  /// The first `count` gradients.
  func prefix(_ count: Int) -> RectifiedGradient {
    RectifiedGradient(
      gradient: gradient.prefix(count, of: self.count), addend: addend?.prefix(count, of: self.count),
      rectifier: rectifier, output: output, rules: Array(rules.prefix(count)))
  }

  private init(gradient: Memory, addend: Memory?, rectifier: Rectifier?, output: Memory, rules: [ReLURule]) {
    (self.gradient, self.addend, self.rectifier, self.output, self.rules) = (gradient, addend, rectifier, output, rules)
  }

  /// The same gradients behind the rectifier.
  func passed(on engine: Engine) -> RectifiedGradient {
    guard let rectifier else { return self }
    let result = engine.allocate(gradient.layout)
    RectifierGradient(rectifier: rectifier).apply(gradient, addend: addend, output: output, rules: rules, into: result)
    return RectifiedGradient(passed: result, self)
  }

  /// Gradient `index`, for loops that apply the rectifier themselves.
  func source(_ index: Int) -> rectified_gradient {
    let place = index * output.layout.byteCount / MemoryLayout<Float>.size
    let limits = rectifier?.function.limits ?? (-.infinity, .infinity)
    return rectified_gradient(
      gradient: gradient.floats + place, addend: addend.map { UnsafePointer($0.floats + place) },
      y: rectifier == nil ? nil : UnsafePointer(output.floats), lower: limits.lower, upper: limits.upper,
      least: rules[index] == .guided && rectifier?.isGuidable == true ? 0 : -.infinity)
  }

  /// About which share of the gradients behind the rectifier is not zero, 0…1.
  var sampledDensity: Double {
    let size = output.layout.byteCount / MemoryLayout<Float>.size
    // Odd, so that it meets all channels of a block.
    let step = max(1, size * count / 1024) | 1
    var (samples, found) = (0, 0)
    for index in 0..<count {
      let source = source(index)
      for element in stride(from: index % step, to: size, by: step) {
        samples += 1
        let value = source.gradient[element] + (source.addend?[element] ?? 0)
        let y = source.y?[element] ?? 0
        if value != 0, source.y == nil || y > source.lower && y < source.upper && value >= source.least { found += 1 }
      }
    }
    return Double(found) / Double(max(samples, 1))
  }
}
