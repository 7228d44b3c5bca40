import Diagnostics
import NeuralNetwork
import TestSupport

/// A network with a picture x [1, 1, 2, 2] and a mask m [1, 4]: scores = (x ⊙ m) · w, with words the products themselves, and
/// others that the mask alone decides.
enum MaskedScores {
  static let picture = Tensor(shape: [1, 1, 2, 2], [1, 2, 3, 4])
  static let mask = Tensor(shape: [1, 4], [1, 0, 1, 2])
  static let weights: [Float] = [1, -1, 0, 2, 0, 1, 3, 1, 0, 0, 2, -1]
  /// (1, 0, 3, 8) · w.
  static let scores: [Float] = [10, 18, -8]

  static var model: ONNXBuilder {
    var model = ONNXBuilder()
    model.input("m", [-1, 4])
    model.input("x", [1, 1, 2, 2])
    model.constant("w", [4, 3], weights)
    model.integers("words_shape", [1, 2, 2])
    model.node("Flatten", ["x"], ["flat"])
    model.node("Mul", ["flat", "m"], ["products"])
    model.node("MatMul", ["products", "w"], ["scores"])
    model.node("Reshape", ["products", "words_shape"], ["words"])
    model.node("MatMul", ["m", "w"], ["others"])
    for name in ["scores", "words", "others"] { model.output(name) }
    return model
  }

  /// The network with some outputs, with the mask given to each run.
  static func network(
    _ outputs: [String] = ["scores", "words", "others"], mask: FurtherInput = .shape([1, 4])
  ) throws -> Network {
    try model.withFile { try Network(contentsOfFile: $0, outputs: outputs, inputs: ["m": mask]) }
  }

  static func trace(keeping names: [String] = []) throws -> Trace {
    let network = try network()
    return try network.forward(picture, inputs: ["m": mask], keeping: names.map { try network.tensor(named: $0) })
  }
}
