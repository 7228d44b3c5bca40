import Foundation
import Imaging
import NeuralNetwork
import Saliency
import TestSupport
import Testing

/// Maps of layers that see a part of the input, or a mirrored one, lie where the layer looked: what the same network finds
/// that is given that part itself.
@Suite("Maps lie where the layer looked")
struct FieldOfViewMapTests {
  /// A network of one convolution that looks at the picture, [1, 3, height, width], as `change` leaves it in `seen`.
  private static func network(
    height: Int, width: Int, _ change: (inout ONNXBuilder) -> Void = { $0.node("Identity", ["picture"], ["seen"]) }
  ) throws -> Network {
    var numbers = SplitMix(state: 11)
    var model = ONNXBuilder()
    func weights(_ name: String, _ shape: [Int]) {
      model.constant(name, shape, (0..<shape.reduce(1, *)).map { _ in Float.random(in: -1...1, using: &numbers) })
    }
    weights("w", [4, 3, 3, 3])
    weights("fc", [4, 2])
    model.input("picture", [1, 3, height, width])
    change(&model)
    model.node("Conv", ["seen", "w"], ["conv"], ["pads": [1, 1, 1, 1], "strides": [2, 2]])
    model.node("Relu", ["conv"], ["relu"])
    model.node("ReduceMean", ["relu"], ["mean"], ["axes": [2, 3], "keepdims": 0])
    model.node("MatMul", ["mean", "fc"], ["scores"])
    model.output("scores")
    return try model.withFile { try Network(contentsOfFile: $0) }
  }

  /// What a network makes of an input: Grad-CAM, Guided Grad-CAM, and what part of the input its layer sees.
  private struct Result {
    let gradCAM: Heatmap
    let guidedGradCAM: Tensor
    let view: FieldOfView

    init(_ network: Network, _ input: Tensor) throws {
      let layer = try network.layer(named: "relu")
      let explainer = try Explainer(network, input: input, layers: [layer])
      let found = try #require(try explainer.explain([1], layers: [layer], methods: [.guidedGradCAM]).first)
      gradCAM = try found.map(.gradCAM, at: layer)
      guidedGradCAM = try found.tensor(.guidedGradCAM, at: layer)
      view = layer.view
    }
  }

  private static let picture: Tensor = {
    var numbers = SplitMix(state: 12)
    return Tensor(shape: [1, 3, 16, 24], (0..<(3 * 16 * 24)).map { _ in Float.random(in: -1...1, using: &numbers) })
  }()

  /// The values of `tensor`, [1, C, H, W], at the rows and columns given.
  private static func part(_ tensor: Tensor, rows: [Int], columns: [Int]) -> Tensor {
    let (channels, height, width) = (tensor.shape[1], tensor.shape[2], tensor.shape[3])
    let values = (0..<channels).flatMap { channel in
      rows.flatMap { row in columns.map { tensor.values[(channel * height + row) * width + $0] } }
    }
    return Tensor(shape: [1, channels, rows.count, columns.count], values)
  }

  @Test("a mirrored picture")
  func mirrored() throws {
    let columns = Array((0..<24).reversed())
    let mirrored = Self.part(Self.picture, rows: Array(0..<16), columns: columns)
    let reference = try Result(try Self.network(height: 16, width: 24), mirrored)
    let network = try Self.network(height: 16, width: 24) { model in
      model.integers("columns", columns)
      model.node("Gather", ["picture", "columns"], ["seen"], ["axis": 3])
    }
    let map = try Result(network, Self.picture)
    let laid = map.gradCAM.laid(over: map.view, width: 24, height: 16)
    let expected = reference.gradCAM.upsampled(width: 24, height: 16)
    try #require(!expected.isBlank)
    for row in 0..<16 {
      for column in 0..<24 {
        #expect(abs(laid.values[row * 24 + column] - expected.values[row * 24 + 23 - column]) <= 1e-6)
      }
    }
    // The guided gradient at the input is mirrored by the graph itself, and so is what it is multiplied by.
    let product = map.guidedGradCAM
    let turned = Self.part(
      reference.guidedGradCAM, rows: Array(0..<16), columns: columns)
    try #require(turned.values.contains { $0 != 0 })
    #expect(product.deviation(from: turned) <= 1e-5)
  }

  @Test("a part of the input, and nothing beyond it")
  func crop() throws {
    let (rows, columns) = (Array(4..<12), Array(6..<20))
    let part = Self.part(Self.picture, rows: rows, columns: columns)
    let reference = try Result(try Self.network(height: 8, width: 14), part)
    let network = try Self.network(height: 16, width: 24) { model in
      model.integers("start", [4, 6])
      model.integers("end", [12, 20])
      model.integers("sides", [2, 3])
      model.node("Slice", ["picture", "start", "end", "sides"], ["seen"])
    }
    let map = try Result(network, Self.picture)
    let laid = map.gradCAM.laid(over: map.view, width: 24, height: 16)
    let expected = reference.gradCAM.upsampled(width: 14, height: 8)
    try #require(!expected.isBlank)
    for row in 0..<16 {
      for column in 0..<24 {
        let isSeen = rows.contains(row) && columns.contains(column)
        let value = isSeen ? expected.values[(row - 4) * 14 + column - 6] : 0
        #expect(abs(laid.values[row * 24 + column] - value) <= 1e-6)
      }
    }
    let product = map.guidedGradCAM
    let inside = reference.guidedGradCAM
    try #require(inside.values.contains { $0 != 0 })
    #expect(Self.part(product, rows: rows, columns: columns).deviation(from: inside) <= 1e-5)
  }

  @Test("the whole picture stays what it was")
  func whole() throws {
    let map = try Result(try Self.network(height: 16, width: 24), Self.picture)
    #expect(map.view.isWhole)
    #expect(
      map.gradCAM.laid(over: map.view, width: 24, height: 16) == map.gradCAM.upsampled(width: 24, height: 16))
  }

  @Test(
    "a mixer's map at its default layer is PyTorch's",
    .enabled(
      if: FileManager.default.fileExists(atPath: ReferenceData.url("cases").path), "\(ReferenceData.absence)"))
  func mixer() throws {
    let folder = ReferenceData.url("cases/mixer-default-layer").path
    let network = try Network(contentsOfFile: folder + "/model.onnx")
    let layer = try #require(network.defaultLayer).layer
    let explainer = try Explainer(network, input: Tensor(contentsOfNPYFile: folder + "/input.npy"), layers: [layer])
    let explanation = try #require(try explainer.explain([0], layers: [layer], methods: [.gradCAM]).first)
    let expected = try Tensor(contentsOfNPYFile: folder + "/expected_gradcam_at_norm_0.npy")
    // The reference was normalised behind upsampling.
    let map = try explanation.map(.gradCAM, at: layer).upsampled(width: 32, height: 32).normalized()
    #expect(Tensor(shape: expected.shape, map.values).deviation(from: expected) <= 1e-4)
  }
}
