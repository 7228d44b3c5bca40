import Diagnostics
import Foundation
import NeuralNetwork
import TestSupport
import Testing

@Suite("Files that are no ONNX models are named as what they are")
struct ForeignModelTests {
  /// What is said of a file with these bytes.
  private func message(_ bytes: [UInt8]) throws -> String {
    try TemporaryFolder.with { folder in
      let path = folder.appendingPathComponent("model.onnx").path
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      do {
        _ = try Network(contentsOfFile: path)
        return "no fault"
      } catch let faults as DiagnosticList {
        return faults.description.replacingOccurrences(of: folder.path + "/", with: "")
      }
    }
  }

  /// The beginning of a ZIP archive whose first file has a name.
  private static func zip(_ name: String) -> [UInt8] {
    Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 0, count: 22) + [UInt8(name.utf8.count), 0, 0, 0] + Array(name.utf8)
      + Array("FB ZZZZ".utf8)
  }

  static let files: [(bytes: [UInt8], expected: String)] = [
    ([], "an empty file. Copy, download or export the model again."),
    (
      Array("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n".utf8),
      "a Git LFS pointer. Run “git lfs pull”, or download the file itself."
    ),
    (
      Array("\n<!DOCTYPE html><html><body>Not Found</body></html>".utf8),
      "a web page. Download the model again: this is what the server answered."
    ),
    (
      Array("Entry not found\n".utf8),
      "text, which begins “Entry not found”. Download the model again: this is what the server answered."
    ),
    (
      Array("{\"error\": \"gone\"}".utf8), "a JSON file. Name the .onnx file that belongs to it."
    ),
    (zip("weights/data.pkl"), "a PyTorch file. Load it in PyTorch and export it with `torch.onnx.export`."),
    (
      [0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc],
      "a Python pickle, as old versions of PyTorch write. Load it in PyTorch and export it with `torch.onnx.export`."
    ),
    (
      [0x20, 0, 0, 0, 0, 0, 0, 0] + Array("{\"a\":{\"dtype\":\"F32\"".utf8),
      "a safetensors file. It holds weights alone: build the network in Python, load them and export it with "
        + "`torch.onnx.export`."
    ),
    (
      [0x89] + Array("HDF\r\n".utf8) + [0x1a, 0x0a],
      "an HDF5 file, as Keras writes. Convert it with `python -m tf2onnx.convert`, from a model saved by `model.export`."
    ),
    (
      zip("metadata.json"),
      "a Keras file. Convert it with `python -m tf2onnx.convert`, from a model saved by `model.export`."
    ),
    (
      [0x1c, 0, 0, 0] + Array("TFL3".utf8),
      "a TensorFlow Lite model. Convert it with `python -m tf2onnx.convert --tflite FILE --output model.onnx`."
    ),
    (
      [0x1c, 0, 0, 0] + Array("ORTM".utf8),
      "a model in ONNX Runtime’s own format (.ort). Take the .onnx file that it was made from."
    ),
    (
      Array("ir_version: 8\ngraph {\n}\n".utf8),
      "an ONNX model written as text. Write it in binary: "
        + "`onnx.save(onnx.load(FILE, format='textproto'), 'model.onnx')`."
    ),
    ([0x1f, 0x8b, 8, 0], "a file compressed with gzip. Unpack it and name the .onnx file in it."),
    (zip("model/model.onnx"), "a ZIP archive. Unpack it and name the .onnx file in it."),
    (
      [0x93] + Array("NUMPY".utf8), "a NumPy array. It holds numbers alone. Export the network itself to ONNX."
    ),
    (
      [0xff, 0xd8, 0xff, 0xe0], "a JPEG picture. The picture comes first, and the model behind --model."
    ),
    ([UInt8](repeating: 0, count: 64), "nothing but zeros. Copy, download or export the model again."),
    // A graph of one node “x” that is a Placeholder; and a SavedModel of version 1 with an empty graph.
    (
      [0x0a, 16, 0x0a, 1, 0x78, 0x12, 11] + Array("Placeholder".utf8),
      "a TensorFlow graph (.pb). Convert it with `python -m tf2onnx.convert`."
    ),
    ([8, 1, 0x12, 0], "a TensorFlow SavedModel. Convert it with `python -m tf2onnx.convert`."),
    // Version 4 and an empty neural network, field 500; and an empty layer, field 100.
    ([8, 4, 0xa2, 0x1f, 0], "a Core ML model. Export the network that it was made from to ONNX."),
    ([0x0a, 1, 0x6e, 0xa2, 6, 0], "a Caffe model. Convert it to ONNX, with its .prototxt."),
  ]

  @Test("each by its own name, with what to do", arguments: files.indices)
  func named(index: Int) throws {
    let (bytes, expected) = Self.files[index]
    #expect(try message(bytes) == "model.onnx: error: this is not an ONNX model but " + expected)
  }

  @Test("a server's answer is quoted without what a terminal would obey, and not at length")
  func quotation() throws {
    let text = "\u{9b}31mred " + String(repeating: "x", count: 100)
    #expect(
      try message(Array(text.utf8))
        == "model.onnx: error: this is not an ONNX model but text, which begins “31mred "
        + String(repeating: "x", count: 53) + "…”. Download the model again: this is what the server answered.")
  }

  @Test("weights beside the model that are a Git LFS pointer")
  func externalData() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 1, 2, 2])
    model.constant(
      ONNXTensorLiteral(shape: [1, 1, 1, 1], dataType: 1, name: "w") { tensor in
        tensor.message(13) { entry in
          entry.string(1, "location")
          entry.string(2, "model.onnx.data")
        }
        tensor.integer(14, 1)
      })
    model.node("Conv", ["x", "w"], ["y"])
    model.node("GlobalAveragePool", ["y"], ["z"])
    model.output("z")
    let message = try model.withFile { path in
      try Data("version https://git-lfs.github.com/spec/v1\n".utf8).write(to: URL(fileURLWithPath: path + ".data"))
      let error = #expect(throws: DiagnosticList.self) { try Network(contentsOfFile: path) }
      return error?.all.first?.text
    }
    #expect(
      message == "the model keeps its weights in “model.onnx.data” beside it, which is a Git LFS pointer. "
        + "Run “git lfs pull”, or download the file itself.")
  }
}
