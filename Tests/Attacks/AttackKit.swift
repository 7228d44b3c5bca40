import Foundation
import Imaging
import NeuralNetwork
import TestSupport

/// Hostile models and pictures, and one right one of each.
struct AttackKit: Sendable {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let models: [String: ONNXBuilder] = [
      "net.onnx": Self.network(),
      "nan-weight.onnx": Self.network { $0[40] = .nan },
      "infinite-weight.onnx": Self.network { $0[40] = .infinity },
      "nan-scores.onnx": Self.network(ending: "Sqrt"),
      "infinite-scores.onnx": Self.network(ending: "Reciprocal"),
      "two-channels.onnx": Self.network(channels: 2),
      "argmax.onnx": Self.network(ending: "ArgMax"),
      "slashes.onnx": Self.network(layers: ("block/relu", "block_relu")),
      "external.onnx": Self.external(location: "../../../../../../../../../../etc/passwd"),
      "huge.onnx": Self.external(location: "net.onnx", sizes: [1 << 40, 1 << 20, 3, 3]),
    ]
    for (name, model) in models { try write(Data(model.bytes), as: name) }
    try write(Data(try Self.picture(24, 24).pngData()), as: "picture.png")
    try write(Data(try Self.picture(24, 24, seed: 9).pngData()), as: "another.png")
    try write(Data(try Self.picture(1, 10_000).pngData()), as: "tall.png")
    try write(Data(try Self.picture(2, 3_000).pngData()), as: "narrow.png")
    try write(Data(Self.enormous), as: "enormous.png")
    try write(
      Data("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5002078\n".utf8), as: "pointer.onnx")
    try write(Data("<!DOCTYPE html><html><body>Sign in</body></html>".utf8), as: "page.onnx")
    for (name, channels) in [("three", 3), ("two", 2)] {
      let values = noise(channels * 256, seed: 4)
      try write(Self.npy(shape: "(1, \(channels), 16, 16)", values), as: name + ".npy")
    }
    try write(Self.npy(shape: "(1, 3, 16, 16)", [.nan] + noise(767, seed: 4)), as: "nan.npy")
    try write(Self.npy(shape: "(1, 3, 16, 4611686018427387904)", [0]), as: "overflow.npy")
  }

  /// Copies a file of the kit to another place.
  func write(_ name: String, to place: URL) throws {
    try Data(contentsOf: folder.url.appendingPathComponent(name)).write(to: place)
  }

  private func write(_ data: Data, as name: String) throws {
    try data.write(to: folder.url.appendingPathComponent(name))
  }

  /// Two convolutions with rectifiers, a mean over space, and a linear layer to three classes.
  private static func network(
    channels: Int = 3, layers: (String, String) = ("relu1", "relu2"), ending: String? = nil,
    _ change: (inout [Float]) -> Void = { _ in }
  ) -> ONNXBuilder {
    var model = ONNXBuilder()
    var weights = noise(8 * channels * 9, seed: 1)
    change(&weights)
    model.input("x", [1, channels, 16, 16])
    model.constant("v", [8, channels, 3, 3], weights)
    model.constant("w", [8, 8, 3, 3], noise(576, seed: 2))
    model.constant("m", [8, 3], noise(24, seed: 3))
    model.node("Conv", ["x", "v"], ["conv1"], ["pads": [1, 1, 1, 1]])
    model.node("Relu", ["conv1"], [layers.0])
    model.node("Conv", [layers.0, "w"], ["conv2"], ["pads": [1, 1, 1, 1]])
    model.node("Relu", ["conv2"], [layers.1])
    model.node("GlobalAveragePool", [layers.1], ["mean"])
    model.node("Flatten", ["mean"], ["flat"])
    model.node("MatMul", ["flat", "m"], ["scores"])
    switch ending {
    case "Sqrt"?:
      // Roots of negative numbers.
      model.node("Abs", ["scores"], ["size"])
      model.node("Neg", ["size"], ["below"])
      model.constant("one", [], [1])
      model.node("Sub", ["below", "one"], ["negative"])
      model.node("Sqrt", ["negative"], ["end"])
    case "Reciprocal"?:
      model.node("Sub", ["scores", "scores"], ["zero"])
      model.node("Reciprocal", ["zero"], ["end"])
    case "ArgMax"?: model.node("ArgMax", ["scores"], ["end"], ["axis": 1])
    default: break
    }
    model.output(ending == nil ? "scores" : "end")
    return model
  }

  /// A network whose first weights lie in another file.
  private static func external(location: String, sizes: [Int] = [8, 3, 3, 3]) -> ONNXBuilder {
    var model = ONNXBuilder()
    model.input("x", [1, 3, 16, 16])
    model.constant(
      ONNXTensorLiteral(shape: sizes, dataType: 1, name: "v") { tensor in
        tensor.message(13) { entry in
          entry.string(1, "location")
          entry.string(2, location)
        }
        tensor.integer(14, 1)
      })
    model.node("Conv", ["x", "v"], ["conv"])
    model.node("Relu", ["conv"], ["relu"])
    model.node("GlobalAveragePool", ["relu"], ["mean"])
    model.node("Flatten", ["mean"], ["scores"])
    model.output("scores")
    return model
  }

  private static func picture(_ width: Int, _ height: Int, seed: Int = 5) throws -> Image {
    let pixels = noise(width * height * 3, seed: seed).map { UInt8(127 + 100 * $0) }
    return try Image(width: width, height: height, pixels: pixels)
  }

  /// The head of a PNG file of 2,000,000,000 × 2,000,000,000 pixels.
  private static let enormous: [UInt8] =
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
    + [0x77, 0x35, 0x94, 0x00, 0x77, 0x35, 0x94, 0x00, 8, 2, 0, 0, 0, 0xd4, 0x42, 0xf3, 0x71]

  /// A .npy file of float32 values, whatever its head says.
  private static func npy(shape: String, _ values: [Float]) -> Data {
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    var data = Data([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0])
    data += Data(header.utf8)
    for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { data += Data($0) } }
    return data
  }
}
