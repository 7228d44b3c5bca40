import Foundation
import NeuralNetwork
import TestSupport

/// A small classifier of 8 × 8 pixels and three classes, exported in the ways that people export theirs.
struct SmallClassifier {
  var channels = 3
  /// The number of TensorProto.DataType that the input has; what is no float32 is cast to it first.
  var elementType = 1
  /// The sizes that the file states, the batch first; −1 leaves one open.
  var stated: [Int]?
  /// The batch that is written into a Reshape before the last layer; `nil` flattens.
  var reshapedBatch: Int?
  /// A batch of constants, the same for each picture, that is added to the input.
  var offsetBatch: Int?

  static func weights(_ count: Int, _ seed: Float) -> [Float] {
    (0..<count).map { sin(Float($0) * 1.7 + seed) * 0.5 }
  }

  var model: ONNXBuilder {
    var model = ONNXBuilder()
    model.input("data", stated ?? [1, channels, 8, 8], elementType: elementType)
    // The weights of a channel are the same however many channels there are.
    let filters = Self.weights(4 * 4 * 9, 0.3)
    let kept = (0..<4).flatMap { filter in filters[filter * 36..<filter * 36 + channels * 9] }
    model.constant("w", [4, channels, 3, 3], kept)
    model.constant("m", [4, 3], Self.weights(12, 2))
    model.node("Cast", ["data"], ["floats"], ["to": 1])
    var name = "floats"
    if let offsetBatch {
      let one = Self.weights(channels * 64, 0.9)
      model.constant("offset", [offsetBatch, channels, 8, 8], (0..<offsetBatch).flatMap { _ in one })
      model.node("Add", [name, "offset"], ["moved"])
      name = "moved"
    }
    model.node("Conv", [name, "w"], ["conv"], ["pads": [1, 1, 1, 1]])
    model.node("Relu", ["conv"], ["relu"])
    model.node("GlobalAveragePool", ["relu"], ["mean"])
    if let reshapedBatch {
      model.integers("shape", [reshapedBatch, 4])
      model.node("Reshape", ["mean", "shape"], ["flat"])
    } else {
      model.node("Flatten", ["mean"], ["flat"])
    }
    model.node("MatMul", ["flat", "m"], ["scores"])
    model.output("scores")
    return model
  }

  /// An input of values from −1 to 1; that of fewer channels begins like that of more.
  static func input(channels: Int = 3) -> Tensor {
    Tensor(shape: [1, channels, 8, 8], weights(channels * 64, 5).map { $0 * 2 })
  }
}
