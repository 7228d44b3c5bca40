import Foundation
import TestSupport
import Testing

@testable import NeuralNetwork

/// Weights in a file beside the model, and what is said where they cannot be had.
@Suite("External data")
struct ExternalDataTests {
  /// A model that adds a tensor of two values, which is stored elsewhere as `entries` say; `files` lie beside it.
  private func message(_ entries: [String: String], files: [String: [Float]] = ["weights.bin": [1, 2, 3]]) throws
    -> String
  {
    try TemporaryFolder.with { folder in
      var model = ONNXBuilder()
      model.input("x", [1, 2, 1, 1])
      model.constant(
        ONNXTensorLiteral(shape: [2, 1, 1], dataType: 1, name: "w") { tensor in
          tensor.integer(14, 1)
          for (key, value) in entries.sorted(by: { $0.key < $1.key }) {
            tensor.message(13) { entry in
              entry.string(1, key)
              entry.string(2, value)
            }
          }
        })
      model.node("Add", ["x", "w"], ["y"])
      model.output("y")
      let path = folder.appendingPathComponent("model.onnx").path
      try Data(model.bytes).write(to: URL(fileURLWithPath: path))
      for (name, values) in files {
        let file = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(values.withUnsafeBytes(Array.init)).write(to: file)
      }
      let message = ImportFaultTests.message(path)
      guard message == "no fault" else {
        return message.replacingOccurrences(of: folder.path + "/model.onnx: error: ", with: "")
      }
      let network = try Network(contentsOfFile: path)
      return try network.forward(Tensor(shape: [1, 2, 1, 1])).logits.description
    }
  }

  @Test(
    "what is read",
    arguments: [
      (["location": "weights.bin", "length": "8"], "[1.0, 2.0]"),
      (["location": "weights.bin", "offset": "4"], "[2.0, 3.0]"),
      (["location": "weights.bin", "offset": "4", "length": "8", "checksum": "unread"], "[2.0, 3.0]"),
      (["location": "deep/down.bin"], "[4.0, 5.0]"), (["location": "./deep/down.bin"], "[4.0, 5.0]"),
    ])
  func read(entries: [String: String], expected: String) throws {
    #expect(try message(entries, files: ["weights.bin": [1, 2, 3], "deep/down.bin": [4, 5]]) == expected)
  }

  @Test(
    "what is said otherwise",
    arguments: [
      ([:], "tensor “w” is stored in another file, but the model does not say in which."),
      (
        ["location": "missing.bin"],
        "the model keeps its weights in “missing.bin” beside it, which does not exist. "
          + "Copy that file to the model's folder."
      ),
      (
        ["location": ""],
        "the model keeps its weights in “” beside it, which is not a file. Copy that file to the model's folder."
      ),
      (["location": "/etc/passwd"], "tensor “w” is stored in “/etc/passwd”, outside the model's folder."),
      (["location": "../model.bin"], "tensor “w” is stored in “../model.bin”, outside the model's folder."),
      // A slash with an accent behind it: one character to Swift, two to the system.
      (["location": "../\u{301}"], "tensor “w” is stored in “../\u{301}”, outside the model's folder."),
      (["location": "a\0b"], "tensor “w” is stored in “a\\u{0}b”, outside the model's folder."),
      (
        ["location": "deep/../../model.bin"],
        "tensor “w” is stored in “deep/../../model.bin”, outside the model's folder."
      ),
      (["location": "weights.bin"], "tensor “w” has 12 bytes where shape [2, 1, 1] needs 8."),
      (["location": "weights.bin", "offset": "8"], "tensor “w” has 4 bytes where shape [2, 1, 1] needs 8."),
    ]
      + ["16", "-4", "many", "\(Int.max)", "\(Int.min)"].map {
        (
          ["location": "weights.bin", "offset": $0],
          "tensor “w” lies outside “weights.bin”, which has 12 bytes. Copy the file again."
        )
      }
      + ["16", "-4", "many", "\(Int.max)", "\(Int.min)"].map {
        (
          ["location": "weights.bin", "offset": "4", "length": $0],
          "tensor “w” lies outside “weights.bin”, which has 12 bytes. Copy the file again."
        )
      })
  func fault(entries: [String: String], expected: String) throws {
    #expect(try message(entries) == expected)
  }
}
