import Imaging
import NeuralNetwork
import Saliency
import Testing

extension Explanation {
  /// The map that a method yields at a layer; fails the test where it yields something else.
  func map(_ method: Saliency.Method, at layer: Layer? = nil) throws -> Heatmap {
    try #require(attribution(method, at: layer).heatmap)
  }

  /// The tensor at the input that a method yields.
  func tensor(_ method: Saliency.Method, at layer: Layer? = nil) throws -> Tensor {
    try #require(attribution(method, at: layer).tensor)
  }
}
