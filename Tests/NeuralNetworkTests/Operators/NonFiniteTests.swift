import Foundation
import TestSupport
import Testing

@testable import NeuralNetwork

/// What operators make of infinity and of what is not a number, forward and back, against PyTorch's answers
/// (Fixtures/make_non_finite_fixtures.py): neither may become an innocent number on the way.
@Suite("What is not a number")
struct NonFiniteTests {
  /// One operator, its inputs, and PyTorch's answers; the gradient at the output is 1 everywhere.
  struct Case: Decodable, CustomTestStringConvertible {
    /// A number, or one of those that JSON does not have.
    struct Number: Decodable {
      let value: Float

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let name = try? container.decode(String.self) {
          value = try #require(["nan": .nan, "inf": .infinity, "-inf": -.infinity][name])
        } else {
          value = try container.decode(Float.self)
        }
      }
    }

    struct Input: Decodable {
      let shape: [Int]
      let values: [Number]
    }

    let `operator`: String
    let opset: Int
    let attributes: [String: OperatorCase.Attribute]
    let inputs: [Input]
    let output: [Number]
    let gradients: [[Number]]

    var testDescription: String { "\(`operator`) of \(inputs[0].shape)" }

    static let all: [Case] = {
      let file = URL(fileURLWithPath: #filePath).appendingPathComponent("../../Fixtures/non_finite.json")
      return (try? JSONDecoder().decode([Case].self, from: Data(contentsOf: file.standardizedFileURL))) ?? []
    }()

    var run: ModelRun {
      get throws {
        var model = ONNXBuilder(opset: opset)
        let names = inputs.indices.map { "x\($0)" }
        for (name, input) in zip(names, inputs) { model.input(name, input.shape) }
        model.node(`operator`, names, ["y"], attributes.mapValues(\.literal))
        model.output("y")
        return try ModelRun(model, inputs: inputs.map { Tensor(shape: $0.shape, $0.values.map(\.value)) })
      }
    }
  }

  @Test("there are cases")
  func cases() { #expect(Case.all.count == 39) }

  @Test("forward and back, as in PyTorch", arguments: Case.all)
  func operators(testCase: Case) throws {
    let run = try testCase.run
    let output = try run.output.values
    let expected = testCase.output.map(\.value)
    #expect(areAlike(output, expected), "\(output)")
    let gradients = try run.gradients([[Float](repeating: 1, count: output.count)])[0]
    for (found, expected) in zip(gradients, testCase.gradients) {
      let expected = expected.map(\.value)
      switch testCase.operator {
      case "Abs", "LeakyRelu", "Mish":
        // What slope a function has where its argument is not a number, or infinite, is a matter of how it is written.
        let steep = zip(expected, found.values).filter { !$0.isFinite && $1.isFinite }
        #expect(steep.isEmpty, "\(found.values)")
        let finite = zip(testCase.inputs[0].values, zip(found.values, expected)).filter { $0.0.value.isFinite }.map(\.1)
        #expect(areAlike(finite.map(\.0), finite.map(\.1)), "\(found.values)")
      case "Max", "Min":
        // PyTorch gives both the whole gradient where either is not a number; here the one that is not has it.
        #expect(zip(found.values, expected).allSatisfy { $0 == $1 || $1 == 1 }, "\(found.values)")
      default: #expect(areAlike(found.values, expected), "\(found.values)")
      }
    }
  }

  @Test("a gradient that is not a number passes every rectifier that was open, and the guided rule too")
  func gradients() throws {
    let x: [Float] = [1, 1, 1, -1, .nan, .infinity, 7, 3, 2]
    let upstream: [Float] = [.nan, .infinity, -.infinity, .nan, 2, 3, .nan, -1, 4]
    func run(_ operatorType: String, _ bounds: [Float]) throws -> [[Float]] {
      var model = ONNXBuilder()
      model.input("x", [9])
      for (index, bound) in bounds.enumerated() { model.constant("bound\(index)", [], [bound]) }
      model.node(operatorType, ["x"] + bounds.indices.map { "bound\($0)" }, ["y"])
      model.output("y")
      return try ModelRun(model, inputs: [Tensor(shape: [9], x)])
        .gradients([upstream, upstream], rules: [.standard, .guided]).map { $0[0].values }
    }
    let relu = try run("Relu", [])
    #expect(areAlike(relu[0], [.nan, .infinity, -.infinity, 0, 2, 3, .nan, -1, 4]), "\(relu[0])")
    #expect(areAlike(relu[1], [.nan, .infinity, 0, 0, 2, 3, .nan, 0, 4]), "\(relu[1])")
    let relu6 = try run("Clip", [0, 6])
    #expect(areAlike(relu6[0], [.nan, .infinity, -.infinity, 0, 2, 0, 0, -1, 4]), "\(relu6[0])")
    #expect(areAlike(relu6[1], [.nan, .infinity, 0, 0, 2, 0, 0, 0, 4]), "\(relu6[1])")
  }

  /// Every way to convolve: direct, by both of Winograd's tiles, and without the zeros.
  private static let convolutions = [
    ConvolutionCase(channels: (8, 8), size: (9, 7), window: .square(3, pads: [1, 1, 1, 1])),
    ConvolutionCase(channels: (16, 24), size: (9, 10), window: .square(1)),
    ConvolutionCase(channels: (3, 8), size: (19, 22), window: .square(3, stride: 2, pads: [1, 1, 1, 1])),
    ConvolutionCase(channels: (64, 64), size: (21, 23), window: .square(3, pads: [1, 1, 1, 1])),
    ConvolutionCase(channels: (128, 144), size: (7, 8), window: .square(3, pads: [1, 1, 1, 1])),
  ]

  @Test(
    "convolutions with all that is fused in give what the definition gives, at a pixel that is not a number",
    arguments: convolutions, [Float.nan, .infinity, -.infinity])
  func convolution(testCase: ConvolutionCase, value: Float) throws {
    for isSparse in [false, true] {
      var x = noise(testCase.source.elementCount, seed: 3)
      if isSparse { x = zip(x, noise(x.count, seed: 4)).map { abs($1) < 0.2 ? $0 : 0 } }
      x[x.count / 2 + 3] = value
      let addend = noise(testCase.destination.elementCount, seed: 5)
      var model = testCase.model
      model.constant("scale", [testCase.channels.output], noise(testCase.channels.output, seed: 6))
      model.constant("shift", [testCase.channels.output], noise(testCase.channels.output, seed: 7))
      model.constant("mean", [testCase.channels.output], noise(testCase.channels.output, seed: 8))
      model.constant("variance", [testCase.channels.output], [Float](repeating: 1, count: testCase.channels.output))
      model.input("addend", testCase.destination)
      model.node("BatchNormalization", ["y", "scale", "shift", "mean", "variance"], ["n"], ["epsilon": 0.0])
      model.node("Add", ["n", "addend"], ["s"])
      model.node("Relu", ["s"], ["r"])
      model.output("r")
      let sums = testCase.output(of: x)
      let area = testCase.destination[2] * testCase.destination[3]
      let (scale, shift, mean) = (6...8).map { noise(testCase.channels.output, seed: $0) }.triple
      let expected = sums.enumerated().map { index, sum in
        let channel = index / area
        let normalized = (sum - Double(mean[channel])) * Double(scale[channel]) + Double(shift[channel])
        let total = normalized + Double(addend[index])
        return total <= 0 ? 0 : Float(total)
      }
      #expect(expected.contains { !$0.isFinite } || value == -.infinity)
      let run = try ModelRun(
        model, inputs: [Tensor(shape: testCase.source, x), Tensor(shape: testCase.destination, addend)])
      #expect(run.plan.steps.count == 1)
      let found = try run.output.values
      #expect(areAlike(found, expected, tolerance: 1e-4), "sparse: \(isSparse)")
    }
  }

  @Test("an addend that is not a number comes out of the rectifier behind the sum")
  func addend() throws {
    let testCase = Self.convolutions[0]
    var addend = noise(testCase.destination.elementCount, seed: 5)
    addend[17] = .nan
    var model = testCase.model
    model.input("addend", testCase.destination)
    model.node("Add", ["y", "addend"], ["s"])
    model.node("Relu", ["s"], ["r"])
    model.output("r")
    let output = try ModelRun(model, inputs: [testCase.input, Tensor(shape: testCase.destination, addend)]).output
    #expect(output.values.indices.filter { output.values[$0].isNaN } == [17])
  }

  @Test("pooling of pictures blocked by channels", arguments: [Float.nan, .infinity, -.infinity])
  func blockedPooling(value: Float) throws {
    // The convolution makes blocks, and its first pixel what is asked for in all channels.
    var x = [Float](repeating: 1, count: 8 * 16)
    x[0] = value
    var model = ONNXBuilder()
    model.input("x", [1, 8, 4, 4])
    model.constant("w", [8, 8, 1, 1], [Float](repeating: 1, count: 64))
    model.node("Conv", ["x", "w"], ["c"])
    model.node("MaxPool", ["c"], ["y"], ["kernel_shape": [2, 2], "strides": [2, 2]])
    model.output("y")
    let run = try ModelRun(model, inputs: [Tensor(shape: [1, 8, 4, 4], x)], keeping: ["c"])
    let pooled: Float = value == -.infinity ? 8 : value
    let expected = (0..<32).map { $0 % 4 == 0 ? pooled : 8 }
    let output = try run.output.values
    #expect(areAlike(output, expected))
    let gradient = try run.gradients([[Float](repeating: 1, count: 32)])[0][0].values
    // Each window's gradient reaches one pixel, the first of the largest.
    let winners = [value == -.infinity ? 1 : 0, 2, 8, 10]
    #expect(gradient.indices.filter { gradient[$0] != 0 } == (0..<8).flatMap { c in winners.map { c * 16 + $0 } })
  }

  @Test("TopK counts what is not a number as the largest")
  func ranking() throws {
    var model = ONNXBuilder()
    model.input("x", [6])
    model.integers("k", [3])
    model.node("TopK", ["x", "k"], ["y", "places"])
    model.output("places")
    let run = try ModelRun(model, inputs: [Tensor(shape: [6], [1, .nan, .infinity, 3, .nan, -.infinity])])
    #expect(try run.output.values == [1, 4, 2])
  }
}

extension [[Float]] {
  fileprivate var triple: ([Float], [Float], [Float]) { (self[0], self[1], self[2]) }
}

/// Whether numbers agree, infinite ones and those that are none exactly.
func areAlike(_ found: [Float], _ expected: [Float], tolerance: Float = 1e-5) -> Bool {
  guard found.count == expected.count else { return false }
  return zip(found, expected).allSatisfy { found, expected in
    expected.isFinite
      ? abs(found - expected) <= tolerance * max(1, abs(expected)) : found == expected || found.isNaN && expected.isNaN
  }
}
