import Foundation
import Imaging
import NeuralNetwork
import Saliency
import TestSupport
import Testing

/// A suspicion must have its numbers, and ordinary pictures must raise none.
@Suite("Doubts about inputs")
struct InputDoubtTests {
  private static let sides = 32

  private static func specification(
    scale: Float = 1, mean: [Float] = [0.485, 0.456, 0.406], deviation: [Float] = [0.229, 0.224, 0.225]
  ) throws -> InputSpecification {
    try InputSpecification(width: sides, height: sides, scale: scale, mean: mean, standardDeviation: deviation)
  }

  /// The project's photos, and what happens to photos: dark, bright, grey and pale ones, one colour, noise, black on white.
  private static func pictures() throws -> [(name: String, image: Image)] {
    let folder = TabletopContent.original.appendingPathComponent("images")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".jpg") }
      .sorted()
    let photos = try names.prefix(6).map { name in
      (name, try Image(contentsOfFile: folder.appendingPathComponent(name).path).resized(width: sides, height: sides))
    }
    try #require(photos.count >= 4)
    func changed(_ name: String, _ change: (UInt8) -> Float) throws -> [(name: String, image: Image)] {
      try photos.map { photo in
        let pixels = photo.1.pixels.map { UInt8(min(max(change($0), 0), 255)) }
        return ("\(name) \(photo.0)", try Image(width: sides, height: sides, pixels: pixels))
      }
    }
    func made(_ name: String, _ pixel: (Int) -> [UInt8]) throws -> (name: String, image: Image) {
      (name, try Image(width: sides, height: sides, pixels: (0..<sides * sides).flatMap(pixel)))
    }
    var noise = SplitMix(state: 7)
    return try photos.map { ($0.0, $0.1) } + changed("dark") { Float($0) / 6 }
      + changed("bright") { 200 + Float($0) / 5 }
      + changed("pale") { 100 + Float($0) / 6 } + [
        made("grey") { _ in [128, 128, 128] }, made("black") { _ in [0, 0, 0] },
        made("white") { _ in [255, 255, 255] },
        made("red") { _ in [255, 0, 0] }, made("text") { $0 % 5 == 0 ? [0, 0, 0] : [255, 255, 255] },
        made("noise") { _ in (0..<3).map { _ in UInt8(truncatingIfNeeded: noise.next()) } },
      ]
  }

  @Test("what the card itself makes of pictures is never doubted")
  func preparedPictures() throws {
    for specification in [
      try Self.specification(), try Self.specification(mean: [0, 0, 0], deviation: [1, 1, 1]),
      try Self.specification(mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5]),
      try Self.specification(scale: 255, mean: [123.7, 116.8, 103.9], deviation: [1, 1, 1]),
      try Self.specification(scale: 255, mean: [0, 0, 0], deviation: [1, 1, 1]),
    ] {
      for (name, image) in try Self.pictures() {
        #expect(InputDoubt.of(try specification.prepare(image).tensor, for: specification) == nil, "\(name)")
      }
    }
  }

  @Test("0 to 255 for 0 to 1, the reverse, and a tensor that nobody normalised")
  func units() throws {
    let usual = try Self.specification()
    let caffe = try Self.specification(scale: 255, mean: [123.7, 116.8, 103.9], deviation: [1, 1, 1])
    let plain = try Self.specification(mean: [0, 0, 0], deviation: [1, 1, 1])
    let photo = try #require(try Self.pictures().first).image
    let fractions = try plain.prepare(photo).tensor
    let levels = Tensor(shape: fractions.shape, fractions.values.map { $0 * 255 })
    guard case .outside(let found, let possible)? = InputDoubt.of(levels, for: usual) else {
      Issue.record("0 to 255 was not doubted")
      return
    }
    #expect(found.upperBound > 200)
    #expect(abs(possible.lowerBound + 0.485 / 0.229) < 1e-3 && abs(possible.upperBound - (1 - 0.406) / 0.225) < 1e-3)
    guard case .tiny? = InputDoubt.of(try usual.prepare(photo).tensor, for: caffe) else {
      Issue.record("a tensor next to nothing was not doubted")
      return
    }
    // The whole range in each channel, as photos mostly have it.
    let whole = Tensor(shape: fractions.shape, fractions.values.indices.map { Float($0 * 37 % 256) / 255 })
    guard case .notNormalized? = InputDoubt.of(whole, for: usual) else {
      Issue.record("a tensor that was not normalised was not doubted")
      return
    }
    #expect(InputDoubt.of(whole, for: plain) == nil)
  }

  @Test("a first batch normalisation tells units that are wrong, and doubts no ordinary picture")
  func firstStatistics() throws {
    let right = try Self.specification()
    let pictures = try Self.pictures()
    // What training on the photos would have left: mean and variance of each channel behind the first convolution.
    let convolved = try Self.model(statistics: nil).withFile { path in
      let network = try Network(contentsOfFile: path, outputs: ["c"])
      return try pictures.prefix(6).map { try network.forward(right.prepare($0.image).tensor).tensor(named: "c") }
    }
    let area = Self.sides * Self.sides
    let moments = (0..<4).map { channel in
      let values = convolved.flatMap { $0.values[channel * area..<(channel + 1) * area] }
      let mean = values.reduce(0, +) / Float(values.count)
      return (mean: mean, variance: values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count))
    }
    try Self.model(statistics: moments).withFile { path in
      let network = try Network(contentsOfFile: path)
      #expect(network.hasFirstStatistics)
      func doubt(_ image: Image, _ specification: InputSpecification) throws -> InputDoubt? {
        let tensor = try specification.prepare(image).tensor
        return InputDoubt.of(try #require(try network.firstStatistics(of: tensor)), tensor, specification)
      }
      for (name, image) in pictures { #expect(try doubt(image, right) == nil, "\(name)") }
      let levels = try Self.specification(scale: 255, mean: [0, 0, 0], deviation: [1, 1, 1])
      let tiny = try Self.specification(scale: 1, mean: [0, 0, 0], deviation: [255, 255, 255])
      for (name, image) in pictures.prefix(6) {
        guard case .farFromTraining("node_n", let distance)? = try doubt(image, levels) else {
          Issue.record("0 to 255 was not doubted: \(name)")
          continue
        }
        #expect(distance > 20)
        guard case .flatBesideTraining("node_n", let share)? = try doubt(image, tiny) else {
          Issue.record("0 to 1 / 255 was not doubted: \(name)")
          continue
        }
        #expect(share < 0.05)
      }
    }
  }

  @Test(
    "networks of the reference data are given what they expect",
    .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
  func referenceNetworks() throws {
    for name in ["densenet", "vgg-bn", "mobilenet-v2", "resnet-basic"] {
      let reference = try ReferenceNetwork(name)
      let network = try Network(contentsOfFile: reference.file("model.onnx"))
      let input = try Tensor(contentsOfNPYFile: reference.file("input.npy"))
      let shape = network.inputShape
      let specification = try InputSpecification(
        width: shape[3], height: shape[2], mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225])
      let found = try network.firstStatistics(of: input).flatMap { InputDoubt.of($0, input, specification) }
      #expect(found == nil, "\(name)")
    }
  }

  /// x → Conv of 4 channels “c”, as first layers are: colours, an edge, an average → BatchNormalization “n”, if there are statistics →
  /// Relu → mean → scores.
  private static func model(statistics: [(mean: Float, variance: Float)]?) throws -> ONNXBuilder {
    var model = ONNXBuilder()
    model.input("x", [1, 3, sides, sides])
    let edge: [Float] = [-1, 0, 1, -2, 0, 2, -1, 0, 1]
    let centre: [Float] = [0, 0, 0, 0, 1, 0, 0, 0, 0]
    let flat = [Float](repeating: 1 / 9, count: 9)
    let filters =
      edge + edge + edge + centre + centre.map { -$0 } + centre.map { $0 / 4 } + flat + flat + flat + centre
      + flat.map { -$0 } + edge
    model.constant("w", [4, 3, 3, 3], filters)
    model.node("Conv", ["x", "w"], ["c"], ["pads": [1, 1, 1, 1]])
    if let statistics {
      model.constant("gamma", [4], [1, 0.5, 2, 1])
      model.constant("beta", [4], [0, 0.1, -0.2, 0])
      model.constant("mean", [4], statistics.map(\.mean))
      model.constant("variance", [4], statistics.map(\.variance))
      model.node("BatchNormalization", ["c", "gamma", "beta", "mean", "variance"], ["n"])
    }
    model.node("Relu", [statistics == nil ? "c" : "n"], ["r"])
    model.node("ReduceMean", ["r"], ["means"], ["axes": [2, 3], "keepdims": 0])
    model.constant("m", [4, 2], (0..<8).map { Float($0 % 3) - 1 })
    model.node("MatMul", ["means", "m"], ["logits"])
    model.output("logits")
    return model
  }
}
