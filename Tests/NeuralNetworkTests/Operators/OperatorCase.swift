import Foundation
import TestSupport
import Testing

@testable import NeuralNetwork

/// One ONNX operator with its inputs and PyTorch's answers; Fixtures/make_operator_fixtures.py makes them.
struct OperatorCase: Decodable, CustomTestStringConvertible {
  struct Input: Decodable {
    enum Kind: String, Decodable {
      /// An input of the model, at which gradients are asked for.
      case variable
      case constant
      case integers
      case omitted
    }

    let kind: Kind
    let shape: [Int]
    var values: [Float]
  }

  /// A whole number, a string or a list as it stands in JSON; a float as `{"float": 0.5}`, several as `{"floats": […]}`.
  struct Attribute: Decodable {
    private enum CodingKeys: String, CodingKey {
      case float, floats
    }

    let literal: ONNXAttributeLiteral

    init(from decoder: any Decoder) throws {
      if let container = try? decoder.container(keyedBy: CodingKeys.self) {
        literal =
          if let values = try container.decodeIfPresent([Float].self, forKey: .floats) {
            .floats(values)
          } else {
            .float(try container.decode(Float.self, forKey: .float))
          }
        return
      }
      let container = try decoder.singleValueContainer()
      if let value = try? container.decode(String.self) {
        literal = .string(value)
      } else if let value = try? container.decode([Int].self) {
        literal = .integers(value)
      } else {
        literal = .integer(try container.decode(Int.self))
      }
    }
  }

  private let `operator`: String
  /// `nil` for the standard one.
  let domain: String?
  let name: String
  let opset: Int
  var inputs: [Input]
  let attributes: [String: Attribute]
  /// A gradient at the output.
  let upstream: [Float]
  let outputShape: [Int]
  let output: [Float]
  /// The gradient at each variable.
  let gradients: [[Float]]

  var testDescription: String { name }

  /// The operator with its domain in front, unless that is the standard one.
  var operatorType: String { OperatorTable.qualifiedName(`operator`, domain: domain ?? "") }

  /// Every case, in the order of the file.
  static func load() throws -> [OperatorCase] { try cases.get() }

  private static let cases = Result {
    let file = URL(fileURLWithPath: #filePath).appendingPathComponent("../../Fixtures/operators.json")
    return try JSONDecoder().decode([OperatorCase].self, from: Data(contentsOf: file.standardizedFileURL))
  }

  /// The variables, in order.
  var variables: [Tensor] {
    inputs.filter { $0.kind == .variable }.map { Tensor(shape: $0.shape, $0.values) }
  }

  /// A model of this one operator.
  ///
  /// - Parameter isBetweenConvolutions: whether 1×1 convolutions that change nothing stand before and behind it, so that
  ///   it reads, and its gradient comes, in the layouts that convolutions prefer.
  func model(isBetweenConvolutions: Bool) -> ONNXBuilder {
    var model = ONNXBuilder(opset: opset)
    var names: [String] = []
    for (index, input) in inputs.enumerated() {
      let name = "x\(index)"
      switch input.kind {
      case .variable: model.input(name, input.shape)
      case .constant: model.constant(name, input.shape, input.values)
      case .integers: model.integers(name, input.shape, input.values.map { Int($0) })
      case .omitted: break
      }
      let passes = isBetweenConvolutions && input.kind == .variable && input.shape.count == 4
      names.append(
        passes ? model.unitConvolution(name, channels: input.shape[1]) : input.kind == .omitted ? "" : name)
    }
    model.node(`operator`, names, ["y"], attributes.mapValues(\.literal), domain: domain ?? "")
    let passes = isBetweenConvolutions && outputShape.count == 4
    model.output(passes ? model.unitConvolution("y", channels: outputShape[1]) : "y")
    return model
  }
}

extension ONNXBuilder {
  /// A 1×1 convolution whose weights are the unit matrix, and a maximum over 1×1 windows that keeps it from being fused.
  fileprivate mutating func unitConvolution(_ input: String, channels: Int) -> String {
    var weights = [Float](repeating: 0, count: channels * channels)
    for channel in 0..<channels { weights[channel * (channels + 1)] = 1 }
    constant("unit_\(input)", [channels, channels, 1, 1], weights)
    node("Conv", [input, "unit_\(input)"], ["convolved_\(input)"])
    node("MaxPool", ["convolved_\(input)"], ["passed_\(input)"], ["kernel_shape": [1, 1]])
    return "passed_\(input)"
  }
}
