import Diagnostics
import Foundation
import Gallery
import Imaging
import NeuralNetwork
import TestSupport
import Testing

@Suite("Networks whose input is not three channels of float32 in a batch of one")
struct InputKindTests {
  /// Writes a model and an input into a folder, and explains class 1 with all its arrays.
  private func explain(
    _ classifier: SmallClassifier, _ input: [UInt8], methods: [String] = [], input name: String = "input.npy"
  ) throws -> (manifest: ExplanationManifest, folder: TemporaryFolder) {
    let folder = try TemporaryFolder()
    try Data(classifier.model.bytes).write(to: folder.url.appendingPathComponent("net.onnx"))
    try Data(input).write(to: folder.url.appendingPathComponent(name))
    let request = StandaloneRequest(
      image: folder.path(name), model: folder.path("net.onnx"), classes: ["1"], methods: methods,
      output: folder.path("out"), writesArrays: true)
    return (try StandaloneExplanation(request).run(), folder)
  }

  private func fault(
    _ classifier: SmallClassifier, _ input: [UInt8], input name: String = "input.npy"
  ) throws -> String {
    do {
      _ = try explain(classifier, input, input: name)
      return "no fault"
    } catch let faults as DiagnosticList {
      // The place begins with a folder that is made for the test.
      return faults.description.replacing(/(^|\n)[^\n]*?\/(?=(net\.onnx|input\.))/) { $0.output.1 }
    }
  }

  private func array(_ name: String, in folder: TemporaryFolder) throws -> Tensor {
    try Tensor(contentsOfNPYFile: folder.path("out/" + name))
  }

  private static let arrays = ["logits", "1/gradient", "1/guided-backprop", "1/grad-cam", "1/guided-grad-cam"]
  private static let methods = ["gradient", "guided-backprop", "grad-cam", "guided-grad-cam"]

  /// What is computed for `classifier` is what is computed for a plain one.
  private func expectSame(
    _ classifier: SmallClassifier, _ input: [UInt8], as plain: SmallClassifier, _ plainInput: [UInt8]
  ) throws {
    let found = try explain(classifier, input, methods: Self.methods)
    let expected = try explain(plain, plainInput, methods: Self.methods)
    for name in Self.arrays {
      let reference = try array(name + ".npy", in: expected.folder)
      #expect(reference.values.contains { $0 != 0 }, "\(name)")
      #expect(try array(name + ".npy", in: found.folder).deviation(from: reference) == 0, "\(name)")
    }
  }

  /// What numpy computes in float64 for `SmallClassifier` by its formulas: scores, and the gradient of the second at the
  /// first pixel of the first channel, and at (3, 4) and (7, 7) of the last one.
  static let numPy: [(channels: Int, elementType: Int, scores: [Float], gradient: [Float])] = [
    (1, 1, [0.0236909, 0.1198823, -0.0545832], [-0.00697795, -0.00087505, -0.0090221]),
    (2, 1, [0.0427201, 0.1844701, -0.0902559], [-0.00335869, -0.00024611, 0.00696278]),
    (3, 1, [0.0293344, 0.1650489, -0.0718657], [-0.00463654, 0.00480289, -0.00331957]),
    (4, 1, [0.0286806, 0.1297679, -0.0621203], [-0.00594872, 0.00027669, -0.00069121]),
    (3, 2, [-18.44981, 10.36217, 15.77959], [-0.00086512, -0.00417772, -0.0002807]),
  ]

  @Test("scores and gradients agree with numpy’s", arguments: numPy.indices)
  func againstNumPy(index: Int) throws {
    let (count, elementType, scores, gradient) = Self.numPy[index]
    let numbers = Tensor(shape: [1, 3, 8, 8], (0..<192).map { Float($0 * 37 % 256) })
    let (_, folder) = try explain(
      SmallClassifier(channels: count, elementType: elementType),
      (elementType == 1 ? SmallClassifier.input(channels: count) : numbers).npyData, methods: ["gradient"])
    #expect(try array("logits.npy", in: folder).deviation(from: Tensor(shape: [1, 3], scores)) < 1e-5)
    let found = try array("1/gradient.npy", in: folder)
    try #require(found.shape == [count, 8, 8])
    let last = (count - 1) * 64
    let places = [0, last + 3 * 8 + 4, last + 63].map { found.values[$0] }
    #expect(Tensor(shape: [3], places).deviation(from: Tensor(shape: [3], gradient)) < 1e-4)
  }

  @Test("one, two and four channels: the numbers are those of a network of more channels of which the rest is zero")
  func channels() throws {
    let whole = Array(SmallClassifier.input(channels: 4).values)
    for count in [1, 2, 4] {
      let input = SmallClassifier.input(channels: count)
      let (_, folder) = try explain(SmallClassifier(channels: count), input.npyData, methods: Self.methods)
      // Four channels, of which those beyond are zero, so that their weights do not count.
      let padded = Tensor(shape: [1, 4, 8, 8], whole.enumerated().map { $0.offset < count * 64 ? $0.element : 0 })
      let reference = try explain(SmallClassifier(channels: 4), padded.npyData, methods: Self.methods)
      for name in Self.arrays {
        let expected = try array(name + ".npy", in: reference.folder)
        let found = try array(name + ".npy", in: folder)
        let part =
          expected.shape == [4, 8, 8]
          ? Tensor(shape: [count, 8, 8], Array(expected.values[..<(count * 64)])) : expected
        #expect(part.values.contains { $0 != 0 })
        #expect(found.deviation(from: part) < 1e-6, "\(name) of \(count) channels")
      }
    }
  }

  @Test("maps of two channels are painted over grey, and gradients show the two as red and green")
  func twoChannels() throws {
    let (manifest, folder) = try explain(
      SmallClassifier(channels: 2), SmallClassifier.input(channels: 2).npyData,
      methods: ["guided-backprop", "localization"])
    let photo = try Image(contentsOfFile: folder.path("out/1/localization.png"))
    #expect(photo.width == 8 && photo.height == 8)
    let gradient = try Image(contentsOfFile: folder.path("out/1/guided-backprop.png"))
    let blues = Set(stride(from: 2, to: gradient.pixels.count, by: 3).map { gradient.pixels[$0] })
    let reds = Set(stride(from: 0, to: gradient.pixels.count, by: 3).map { gradient.pixels[$0] })
    #expect(blues.count == 1 && reds.count > 1)
    #expect(
      manifest.notes.contains(
        "The network takes 2 channels, which are no colours: what is shown of the input is the mean of both, in grey."))
  }

  @Test("the picture of four channels is its first three")
  func fourChannels() throws {
    let (manifest, _) = try explain(SmallClassifier(channels: 4), SmallClassifier.input(channels: 4).npyData)
    #expect(
      manifest.notes.contains(
        "The network takes 4 channels, which are no colours: what is shown of the input is the first three, as red, green "
          + "and blue."))
    #expect(manifest.classes[0].results.map(\.method) == ["guided-backprop", "grad-cam", "guided-grad-cam"])
    #expect(manifest.classes[0].results.allSatisfy { $0.array != nil })
  }

  @Test("a picture is no input for a network of four channels")
  func pictureForFourChannels() throws {
    let picture = try Image(width: 2, height: 2, pixels: [UInt8](repeating: 9, count: 12)).pngData()
    #expect(
      try fault(SmallClassifier(channels: 4), picture, input: "input.png")
        == "input.png: error: The network takes 4 channels, which pictures do not have. "
        + "Give “sitegen explain” a .npy tensor of shape 1×4×8×8.")
  }

  @Test("a size that the file leaves open is the tensor's")
  func openSize() throws {
    let input = SmallClassifier.input().npyData
    for stated in [[-1, 3, -1, -1], [1, -1, 8, -1]] {
      try expectSame(SmallClassifier(stated: stated), input, as: SmallClassifier(), input)
    }
  }

  @Test("a file that is fixed to a batch runs with one picture, also where the batch stands in its constants")
  func fixedBatch() throws {
    let input = SmallClassifier.input().npyData
    for batch in [2, 16] {
      let fixed = SmallClassifier(stated: [batch, 3, 8, 8], reshapedBatch: batch, offsetBatch: batch)
      try expectSame(fixed, input, as: SmallClassifier(offsetBatch: 1), input)
    }
  }

  @Test("whole numbers go in as they are, from a tensor or a picture")
  func wholeNumbers() throws {
    let values = (0..<192).map { Float($0 * 37 % 256) }
    let input = Tensor(shape: [1, 3, 8, 8], values).npyData
    for type in [2, 5, 6, 7] {
      try expectSame(SmallClassifier(elementType: type), input, as: SmallClassifier(), input)
    }
    // The picture of the same values: its pixels are what the network sees.
    let pixels = (0..<64).flatMap { cell in (0..<3).map { UInt8(values[$0 * 64 + cell]) } }
    let picture = try Image(width: 8, height: 8, pixels: pixels).pngData()
    let (manifest, folder) = try explain(SmallClassifier(elementType: 2), picture, input: "input.png")
    let reference = try explain(SmallClassifier(), input)
    #expect(
      try array("logits.npy", in: folder).deviation(from: array("logits.npy", in: reference.folder)) == 0)
    #expect(
      manifest.notes == [
        "No model card says how pictures are normalised; the network takes uint8, so RGB from 0 to 255 is assumed."
      ])
  }

  @Test("halves, and floats of eight bytes, are computed as float32")
  func otherFloats() throws {
    let input = SmallClassifier.input().npyData
    for type in [10, 11, 16] { try expectSame(SmallClassifier(elementType: type), input, as: SmallClassifier(), input) }
  }

  @Test("tensors that do not fit are refused with the way to make them fit")
  func shapes() throws {
    for (shape, advice) in [
      ([3, 8, 8], " Add the batch’s axis: `x[None]`."),
      ([8, 8, 3], " Put the channels first and add the batch’s axis: `x.transpose(2, 0, 1)[None]`."),
      ([1, 8, 8, 3], " Put the channels first: `x.transpose(0, 3, 1, 2)`."),
      ([4, 3, 8, 8], " One picture is explained at a time: save `x[:1]`."), ([1, 3, 9, 8], ""), ([192], ""),
    ] as [([Int], String)] {
      #expect(
        try fault(SmallClassifier(), Tensor(shape: shape, repeating: 0.5).npyData)
          == "input.npy: error: the tensor has shape \(shape), but the network takes [1, 3, 8, 8].\(advice)")
    }
  }

  @Test("tensors with values that no network takes are refused with their place")
  func values() throws {
    var tensor = SmallClassifier.input()
    tensor.values[70] = .nan
    #expect(
      try fault(SmallClassifier(), tensor.npyData)
        == "input.npy: error: the tensor holds a value that is not finite: nan at [0, 1, 0, 6].")
    tensor.values[191] = -.infinity
    #expect(
      try fault(SmallClassifier(), tensor.npyData)
        == "input.npy: error: the tensor holds 2 values that are not finite: the first is nan at [0, 1, 0, 6].")
    #expect(
      try fault(SmallClassifier(elementType: 2), Tensor(shape: [1, 3, 8, 8], repeating: 0.5).npyData)
        == "input.npy: error: the network takes uint8, whole numbers, but the tensor holds 0.5 at [0, 0, 0, 0]. "
        + "Give it the values of the picture’s pixels, 0 to 255: the network normalises them itself.")
  }
}
