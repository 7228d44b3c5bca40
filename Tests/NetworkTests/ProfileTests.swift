import Network
import TestSupport
import Testing

@Suite("Where the time goes", .enabled(if: ReferenceNetwork.isPresent, "\(ReferenceData.absence)"))
struct ProfileTests {
  @Test("every operation that runs has its times, and convolutions have oneDNN's beside them")
  func operations() throws {
    let reference = try #require(try ReferenceNetwork.all().first { $0.name == "resnet-basic" })
    let network = try Network(contentsOfFile: reference.file("model.onnx"))
    let operations = try network.profile(reference.tensor("input"), classIndex: reference.target, runs: 3)
    let convolutions = operations.filter { $0.kind.hasPrefix("Convolution") }
    #expect(convolutions.contains { $0.kind == "Convolution + Add + Rectifier" })
    #expect(operations.contains { $0.kind == "MaxPool" })
    for operation in operations {
      #expect(operation.forwardMilliseconds > 0 && operation.backwardMilliseconds > 0, "\(operation.name)")
      #expect((operation.directMilliseconds != nil) == operation.kind.hasPrefix("Convolution"), "\(operation.name)")
    }
    #expect(convolutions.compactMap(\.directMilliseconds).allSatisfy { $0.forward > 0 && $0.backward > 0 })
    // A profile leaves the network as it was.
    let logits = try network.forward(reference.tensor("input")).logits
    #expect(try Tensor(shape: [1, logits.count], logits).deviation(from: reference.tensor("logits")) <= 1e-4)
  }
}
