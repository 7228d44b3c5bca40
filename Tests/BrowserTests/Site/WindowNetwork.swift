import Foundation
import TestSupport

/// A small network of twelve classes that cuts rows off its input of 16 × 16 pixels, and adds columns.
enum WindowNetwork {
  /// What its maps lie over: left, top, width and height as shares of the photo's.
  static let view = [-0.125, 0.125, 1.25, 0.75]

  static var model: ONNXBuilder {
    var model = ONNXBuilder()
    model.input("data", [1, 3, 16, 16])
    model.output("scores")
    for (name, value) in [("first", 2), ("end", 14), ("rows", 2)] { model.integers(name, [value]) }
    model.node("Slice", ["data", "first", "end", "rows"], ["part"])
    model.integers("margins", [0, 0, 0, 2, 0, 0, 0, 2])
    model.node("Pad", ["part", "margins"], ["wide"])
    // A wider filter would have the border for its own padding.
    model.constant("filters", [4, 3, 1, 1], weights(12, 0.3))
    model.node("Conv", ["wide", "filters"], ["conv"])
    model.node("Relu", ["conv"], ["relu"])
    model.node("GlobalAveragePool", ["relu"], ["mean"])
    model.node("Flatten", ["mean"], ["flat"])
    model.constant("matrix", [4, 12], weights(48, 2))
    model.node("MatMul", ["flat", "matrix"], ["scores"])
    return model
  }

  private static func weights(_ count: Int, _ seed: Float) -> [Float] {
    (0..<count).map { sin(Float($0) * 1.7 + seed) / 2 }
  }
}
