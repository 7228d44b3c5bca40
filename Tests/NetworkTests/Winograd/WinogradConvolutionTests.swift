import TestSupport
import Testing

@testable import Network

/// Convolutions that Winograd's algorithm computes, against the definition in double precision.
@Suite("Winograd convolution")
struct WinogradConvolutionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let channels: (input: Int, output: Int)
    let size: (height: Int, width: Int)
    /// Above, left, below, right.
    let pads: [Int]

    var testDescription: String {
      "\(channels.input) to \(channels.output) channels at \(size.height)×\(size.width), pads \(pads)"
    }
    var source: [Int] { [1, channels.input, size.height, size.width] }
    var destination: [Int] {
      [1, channels.output, size.height + pads[0] + pads[2] - 2, size.width + pads[1] + pads[3] - 2]
    }
    var window: Window {
      Window(
        kernel: [3, 3], strides: [1, 1], dilations: [1, 1], padsBegin: Array(pads[..<2]), padsEnd: Array(pads[2...]))
    }
    var weights: [Float] { noise(channels.input * channels.output * 9, seed: 1) }
    var bias: [Float] { noise(channels.output, seed: 2) }
    var input: Tensor { Tensor(shape: source, noise(source.elementCount, seed: 3)) }

    /// y = x ∗ w + b at each output, or the gradient at each input: the same sum read the other way round.
    func forEachProduct(_ body: (_ source: Int, _ weight: Int, _ destination: Int) -> Void) {
      let (height, width) = (destination[2], destination[3])
      for m in 0..<channels.output {
        for c in 0..<channels.input {
          for y in 0..<height {
            for x in 0..<width {
              for tap in 0..<9 {
                let (row, column) = (y + tap / 3 - pads[0], x + tap % 3 - pads[1])
                guard row >= 0, row < size.height, column >= 0, column < size.width else { continue }
                body(
                  (c * size.height + row) * size.width + column, (m * channels.input + c) * 9 + tap,
                  (m * height + y) * width + x)
              }
            }
          }
        }
      }
    }
  }

  /// Sizes that are no multiple of a tile, and both ways to share the work among threads.
  static let cases = [
    Case(channels: (64, 64), size: (21, 23), pads: [1, 1, 1, 1]),
    Case(channels: (72, 64), size: (22, 21), pads: [2, 1, 0, 2]),
    Case(channels: (192, 128), size: (24, 23), pads: [0, 0, 0, 0]),
  ]

  @Test("forward, with bias", arguments: cases)
  func forward(testCase: Case) throws {
    #expect(
      WinogradConvolution.pays(window: testCase.window, source: testCase.source, destination: testCase.destination))
    let run = try ModelRun(model(testCase), inputs: [testCase.input])
    #expect(try relativeDeviation(run.output.values, from: convolution(testCase)) < 1e-5)
  }

  @Test("backward, a batch of gradients", arguments: cases)
  func backward(testCase: Case) throws {
    let upstream = (4...5).map { noise(testCase.destination.elementCount, seed: $0) }
    let gradients = try ModelRun(model(testCase), inputs: [testCase.input]).gradients(upstream)
    let weights = testCase.weights
    for (dy, found) in zip(upstream, gradients) {
      var expected = [Double](repeating: 0, count: testCase.source.elementCount)
      testCase.forEachProduct { expected[$0] += Double(weights[$1]) * Double(dy[$2]) }
      #expect(relativeDeviation(found[0].values, from: expected) < 1e-5)
    }
  }

  @Test("an addition and a rectifier fused in", arguments: ["Relu", "Clip"])
  func fused(rectifier: String) throws {
    let testCase = Self.cases[0]
    var model = model(testCase, output: "c")
    model.input("z", testCase.destination)
    model.node("Add", ["c", "z"], ["s"])
    model.constant("zero", [], [0])
    model.constant("ten", [], [10])
    model.node(rectifier, rectifier == "Relu" ? ["s"] : ["s", "zero", "ten"], ["r"])
    model.output("r")
    let addend = noise(testCase.destination.elementCount, seed: 7)
    let run = try ModelRun(
      model, inputs: [testCase.input, Tensor(shape: testCase.destination, addend)])
    let expected = try zip(convolution(testCase), addend).map {
      min(max($0 + Double($1), 0), rectifier == "Relu" ? .infinity : 10)
    }
    #expect(try relativeDeviation(run.output.values, from: expected) < 1e-5)
    #expect(run.plan.steps.count == 1)
  }

  @Test("what the algorithm does not do, or not faster, is left to direct convolutions")
  func leftAlone() {
    let window = Self.cases[0].window
    func pays(_ change: (inout Window) -> Void = { _ in }, channels: Int = 64, size: Int = 56) -> Bool {
      var window = window
      change(&window)
      let shape = [1, channels, size, size]
      return WinogradConvolution.pays(window: window, source: shape, destination: shape)
    }
    #expect(pays())
    #expect(!pays { $0.strides = [2, 2] })
    #expect(!pays { $0.dilations = [2, 2] })
    #expect(!pays { $0.kernel = [5, 5] })
    #expect(!pays { $0.padsBegin = [3, 1] })
    #expect(!pays(channels: 68))
    #expect(!pays(channels: 32))
    #expect(!pays(channels: 512, size: 7))
  }

  private func model(_ testCase: Case, output: String = "y") -> ONNXBuilder {
    let (input, output, channels) = ("x", output, testCase.channels)
    var model = ONNXBuilder()
    model.input(input, testCase.source)
    model.constant("w", [channels.output, channels.input, 3, 3], testCase.weights)
    model.constant("b", [channels.output], testCase.bias)
    model.node("Conv", [input, "w", "b"], [output], ["pads": .integers(testCase.pads)])
    if output == "y" { model.output(output) }
    return model
  }

  private func convolution(_ testCase: Case) throws -> [Double] {
    let (input, weights) = (testCase.input.values, testCase.weights)
    let area = testCase.destination[2] * testCase.destination[3]
    var sums = testCase.bias.flatMap { [Double](repeating: Double($0), count: area) }
    testCase.forEachProduct { sums[$2] += Double(input[$0]) * Double(weights[$1]) }
    return sums
  }
}

/// Numbers between −1 and 1 without a pattern (a linear congruential generator).
private func noise(_ count: Int, seed: Int) -> [Float] {
  var state = UInt32(truncatingIfNeeded: seed &* 7919 &+ 1)
  return (0..<count).map { _ in
    state = state &* 1_664_525 &+ 1_013_904_223
    return Float(Int32(bitPattern: state) >> 8) / Float(1 << 23)
  }
}

/// The largest difference, as a part of the largest value expected.
private func relativeDeviation(_ found: [Float], from expected: [Double]) -> Double {
  guard found.count == expected.count else { return .infinity }
  return zip(found, expected).map { abs(Double($0) - $1) }.max().map { $0 / (expected.map(abs).max() ?? 1) } ?? 0
}
