extension Network {
  /// Measures where the time of an explanation goes.
  ///
  /// - Parameters:
  ///   - input: [1, C, H, W], preprocessed.
  ///   - classIndex: the class whose guided gradient flows back to the input.
  ///   - runs: how many runs; times are medians.
  /// - Returns: the operations in the order in which they run.
  /// - Throws: `Diagnostic` where the shape is another or the class does not exist.
  public func profile(_ input: Tensor, classIndex: Int, runs: Int) throws -> [OperationProfile] {
    let (forward, backward) = (Stopwatch(), Stopwatch())
    let request = GradientRequest(classIndex: classIndex, rule: .guided, toInput: true)
    // The first run prepares what the others find.
    _ = try self.forward(input).gradients([request])
    for _ in 0..<runs {
      let trace = try Stopwatch.$current.withValue(forward) { try self.forward(input) }
      _ = try Stopwatch.$current.withValue(backward) { try trace.gradients([request]) }
    }
    return try planner.plan(keeping: []).steps.map { step in
      let convolution = step.operation as? Convolution
      let shape = step.operands.first?.value.map { graph.values[$0].shape }
      return OperationProfile(
        name: step.label, kind: step.operation.kind, forwardMilliseconds: forward.median(of: step),
        backwardMilliseconds: backward.median(of: step),
        directMilliseconds: try convolution.flatMap { convolution in
          try shape.map { try convolution.directMilliseconds(source: $0, runs: runs, on: engine) }
        })
    }
  }
}

extension Operator {
  /// The operator's name, with what the plan has fused into it.
  fileprivate var kind: String { ([String(describing: type(of: self))] + fusedKinds).joined(separator: " + ") }
}

extension Convolution {
  /// The time of oneDNN's own primitives for this convolution, each run alone on memory of its own.
  fileprivate func directMilliseconds(
    source: [Int], runs: Int, on engine: Engine
  ) throws -> OperationProfile.Direct {
    func time(_ run: DirectConvolution, bias: Memory? = nil) throws -> Double {
      let (source, destination) = (engine.allocate(run.source), engine.allocate(run.destination))
      // Numbers that do not slow arithmetic down, as those left in a buffer might.
      source.floats.update(repeating: 1, count: run.source.byteCount / MemoryLayout<Float>.size)
      let clock = ContinuousClock()
      func measure() throws -> Double {
        try clock.measure { try run.execute(source, bias: bias, addend: nil, into: destination, on: engine) }
          / .milliseconds(1)
      }
      _ = try measure()
      return try (0..<runs).map { _ in try measure() }.median
    }
    return OperationProfile.Direct(
      forward: try time(
        prepared.directForward(source: source, isAlone: true, on: engine), bias: prepared.weights.bias(on: engine)),
      backward: try time(prepared.directBackward(source: source, on: engine)))
  }
}
