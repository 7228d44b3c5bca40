import Diagnostics
import TestSupport
import Testing

@testable import NeuralNetwork

/// The gradient of every operator against central differences of its forward run, on the inputs of the ONNX standard's
/// cases: Σ s · (f(x + εd) − f(x − εd)) / 2ε = (∂Σ s · f / ∂x) · d for a random d.
///
/// Every s has the sign of the difference that it weighs, so that nothing cancels and the sum is as large as it can be: a
/// gradient of zero is off by all of it, however many numbers there are.
@Suite("Gradients are derivatives", .enabled(if: ONNXNodeCase.isPresent, "\(ReferenceData.absence)"))
struct OperatorGradientTests {
  /// Cases without a derivative to compare with: inputs on a kink or a step, tied maxima, a vector of length zero, no
  /// elements at all, or numbers too large for a small difference.
  static let exceptions: Set<String> = [
    "test_ceil_example", "test_floor_example", "test_elu_example", "test_l2normalization_axis_0",
    "test_logsoftmax_large_number", "test_maxpool_3d_dilations", "test_maxpool_3d_dilations_use_ref_impl",
    "test_softmax_large_number", "test_reduce_max_empty_set",
  ]

  @Test("for every case with activations, two gradients of a batch at a time")
  func everyCase() throws {
    var moving = Set<String>()
    var checked = 0
    for name in try ONNXNodeCase.names() where !Self.exceptions.contains(name) {
      let prepared = try ONNXNodeCase(name).prepared()
      guard case .value(let output)? = prepared.graph.outputs.first?.operand, !prepared.inputs.isEmpty,
        !prepared.graph.inputs.contains(output)
      else { continue }
      checked += 1
      for projection in try projections(prepared, output) {
        #expect(projection.deviation <= 0.02, "\(name)")
        // What a gradient of zero would be off by.
        if projection.expected > 0 { moving.insert(name) }
      }
    }
    print("\(checked) gradients checked, \(moving.count) of which are not zero")
    #expect(checked > 100)
    #expect(moving.count > 100)
  }

  @Test("a gradient of zero, half of one, or one that is not a number would not pass")
  func mutations() {
    for factor in [0, 0.5, -1, 1.03, Double.nan, .infinity] {
      #expect(!(Projection(expected: 100, found: 100 * factor).deviation <= 0.02), "times \(factor)")
    }
    #expect(!(Projection(expected: 0, found: 1e-3).deviation <= 0.02))
    #expect(Projection(expected: 100, found: 100).deviation == 0)
    #expect(Projection(expected: 0, found: 0).deviation == 0)
  }

  /// What moves the output in a direction, by the difference of two runs and by the gradient.
  private struct Projection {
    let expected: Double
    let found: Double
    /// What a last bit of each value of the two runs comes to in their difference.
    var rounding = 0.0

    /// What they differ by beyond rounding, as a part of the difference; the floor is what rounding leaves where nothing
    /// moves.
    var deviation: Double {
      let excess = abs(expected - found) - rounding
      return (excess < 0 ? 0 : excess) / max(expected, 1e-3)
    }
  }

  /// For each input, each gradient of a batch of two.
  private func projections(_ prepared: PreparedCase, _ output: Int) throws -> [Projection] {
    var random = Uniform()
    let shape = prepared.graph.values[output].shape
    let trace = try prepared.trace(prepared.inputs)
    return try prepared.graph.inputs.indices.flatMap { index in
      let direction = prepared.inputs[index].values.map { _ in random.next() }
      func values(_ step: Float) throws -> [Float] {
        var moved = prepared.inputs
        for position in direction.indices { moved[index].values[position] += step * direction[position] }
        guard let memory = try prepared.trace(moved).activations[output] else { return [] }
        return try prepared.engine.download(memory).values
      }
      let step: Float = 2e-3
      let (ahead, behind) = (try values(step), try values(-step))
      let difference = zip(ahead, behind).map { ($0 - $1) / (2 * step) }
      let seeds = (0..<2).map { _ in difference.map { (0.1 + abs(random.next())) * ($0 < 0 ? -1 : 1) } }
      let run = BackwardRun(
        root: output,
        gradient: prepared.engine.upload(Tensor(shape: shape.batched(2), seeds.flatMap { $0 })),
        rules: [.standard, .standard], targets: [prepared.graph.inputs[index]: 2])
      let found = try run.gradients(in: trace, on: prepared.engine)[prepared.graph.inputs[index]]
        .map { try prepared.engine.download($0).values }
      return seeds.enumerated().map { part, seed in
        let slice = found.map { Array($0[(part * direction.count)..<((part + 1) * direction.count)]) } ?? []
        return Projection(
          expected: zip(seed, difference).reduce(0) { $0 + Double($1.0) * Double($1.1) },
          found: zip(slice, direction).reduce(0) { $0 + Double($1.0) * Double($1.1) },
          rounding: zip(seed, ahead).reduce(0) { $0 + Double(abs($1.0) * $1.1.ulp) } / Double(2 * step))
      }
    }
  }
}

/// Numbers from −1 to 1 from a fixed seed.
private struct Uniform {
  private var state: UInt64 = 1

  mutating func next() -> Float {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(state >> 40) / 0x1p23 - 1
  }
}
