import Diagnostics
import NeuralNetwork
import TestSupport
import Testing

@Suite("Tensors by their names")
struct TensorReferenceTests {
  @Test("a tensor is found by its name and by its node's, and tells what it is")
  func names() throws {
    let network = try MaskedScores.network()
    let products = try network.tensor(named: "products")
    #expect(try network.tensor(named: "node_products") == products)
    #expect(
      [products.name, products.node, products.operatorType] == ["products", "node_products", "Mul"]
        && products.shape == [1, 4])
    let picture = try network.tensor(named: "x")
    #expect([picture.name, picture.node, picture.operatorType] == ["x", "x", ""] && picture.shape == [1, 1, 2, 2])
    #expect(network.tensors.map(\.name).sorted() == ["flat", "m", "others", "products", "scores", "words", "x"])
  }

  @Test("outputs and inputs are always kept, and inputs have gradients as other tensors do")
  func inputs() throws {
    let network = try MaskedScores.network()
    let trace = try MaskedScores.trace()
    #expect(try trace.tensor(named: "x") == MaskedScores.picture)
    #expect(try trace.tensor(named: "scores").values == MaskedScores.scores)
    let mask = try network.tensor(named: "m")
    let request = GradientRequest(.class(0), at: [mask, try network.tensor(named: "x")])
    let gradients = try trace.gradients([request])[0]
    // x ⊙ w₀, and m ⊙ w₀.
    #expect(gradients.tensors[mask]?.values == [1, 4, 9, 0])
    #expect(gradients.tensors[try network.tensor(named: "x")]?.values == [1, 0, 3, 0])
    #expect(gradients.input == nil)
  }

  @Test("what was not kept, is not there, belongs elsewhere or lies on no way to the target is a fault and no zero")
  func faults() throws {
    let network = try MaskedScores.network()
    let trace = try MaskedScores.trace()
    let advice = "Try to name it among the tensors to keep, or among the outputs when the model is loaded."
    #expect(
      faultText { _ = try trace.tensor(named: "products") }
        == "tensor “products” was not kept in the forward run. \(advice)")
    #expect(
      faultText { _ = try trace.gradients([GradientRequest(.class(0), at: [try network.tensor(named: "flat")])]) }
        == "tensor “flat” was not kept in the forward run. \(advice)")
    #expect(
      faultText { _ = try network.tensor(named: "product") }
        == "the network has no tensor “product”. Did you mean “products”?")
    #expect(
      faultText { _ = try network.tensor(named: "entirely else") }
        == "the network has no tensor “entirely else”. Try “others”, an output.")
    #expect(
      faultText { _ = try trace.gradients([GradientRequest(.class(0), at: [try network.tensor(named: "words")])]) }
        == "“class 0” does not depend on “words”, so that there is no gradient. "
        + "Choose a tensor that is computed on the way to it.")
    var other = ONNXBuilder()
    other.input("x", [1, 1, 2, 2])
    for index in 0..<9 { other.node("Relu", [index == 0 ? "x" : "r\(index - 1)"], ["r\(index)"]) }
    other.output("r8")
    let stranger = try other.withFile { try Network(contentsOfFile: $0, outputs: ["r8"]).tensor(named: "r7") }
    #expect(
      faultText { _ = try trace.tensor(stranger) }
        == "“r7” is a tensor of another network. Ask this network for it by its name.")
    #expect(
      faultText { _ = try network.forward(MaskedScores.picture, inputs: ["m": MaskedScores.mask], keeping: [stranger]) }
        == "“r7” is a tensor of another network. Ask this network for it by its name.")
  }

  @Test(
    "every tensor of every reference network can be kept at once, and changes no answer",
    .enabled(if: ReferenceNetwork.isPresent, "\(ReferenceData.absence)"))
  func everyTensor() throws {
    var tally = CaseTally()
    for reference in try ReferenceNetwork.all() {
      tally.run(reference.name) {
        let network = try Network(contentsOfFile: reference.file("model.onnx"))
        let trace = try network.forward(reference.tensor("input"), keeping: network.tensors)
        let layers = try reference.layers.map { try network.tensor(named: $0.tensor) }
        let gradients = try trace.gradients([GradientRequest(.class(reference.target), toInput: true, at: layers)])[0]
        func compare(_ found: Tensor?, with file: String) throws {
          guard let found else { throw CaseTally.Deviation(text: "\(file) is missing") }
          try CaseTally.Deviation.check(file, found.deviation(from: reference.tensor(file)), atMost: 1e-4)
        }
        try compare(gradients.input, with: "gradient")
        for (index, layer) in layers.enumerated() {
          try compare(trace.tensor(layer), with: "layer\(index)-activation")
          try compare(gradients.tensors[layer], with: "layer\(index)-gradient")
        }
        for tensor in network.tensors where try trace.tensor(tensor).shape != tensor.shape {
          throw CaseTally.Deviation(text: "“\(tensor.name)” has another shape than it says")
        }
      }
    }
    tally.report()
    #expect(tally.isClean)
  }
}
