// A libFuzzer target: any bytes as a model, read, run forward and backward. It must end in a result or a diagnostic.
//
// Bytes that begin with 255, as no model does, are choices from which a model is made (ModelFromBytes).

@testable import NeuralNetwork

/// Networks with larger activations are left out: they cost time and find nothing new.
private let elementLimit = 1 << 16

/// One run of libFuzzer.
func fuzzModel(_ bytes: [UInt8]) throws {
  var bytes = bytes
  if bytes.first == 255 {
    var choices = ModelFromBytes(bytes.dropFirst())
    bytes = choices.build()
  }
  let path = FuzzFolder.write(bytes, to: "model.onnx")
  let graph = try ONNXImporter.graph(at: path) { inputs in
    [try InputShape(GivenInputs([:]).picture(inputs), requested: nil).graphShape]
  }
  guard graph.values.reduce(0, { $0 + $1.shape.elementCount }) < elementLimit else { return }
  let network = try Network(contentsOfFile: path)
  let input = Tensor(shape: network.inputShape, repeating: 0.5)
  let trace = try network.forward(input, keeping: network.layers.suffix(2))
  _ = try trace.gradients([
    GradientRequest(classIndex: 0, rule: .guided, toInput: true),
    GradientRequest(classIndex: 0, layers: Array(network.layers.suffix(2))),
  ])
  _ = try network.scorer(of: [.class(0)]).scores(of: [input, input])
  _ = (network.defaultLayer, network.floatingPointOperations, network.parameterCount)
}
