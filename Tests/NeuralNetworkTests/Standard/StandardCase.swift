import Foundation
import TestSupport
import Testing

@testable import NeuralNetwork

/// A case of the ONNX standard's own backend tests: a folder with `model.onnx`, `input_N.pb` and `output_N.pb`.
struct StandardCase: CustomTestStringConvertible {
  let folder: URL

  var testDescription: String { folder.lastPathComponent }
  var modelPath: String { folder.appendingPathComponent("model.onnx").path }

  /// The cases in a folder, by name.
  static func all(in directory: URL) -> [StandardCase] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    return names.sorted().map { StandardCase(folder: directory.appendingPathComponent($0)) }
      .filter { FileManager.default.fileExists(atPath: $0.modelPath) }
  }

  /// The messages `input_0.pb`, `input_1.pb` and so on, or the outputs.
  func messages(_ role: String) throws -> [Bytes] {
    try (0...).lazy.map { folder.appendingPathComponent("\(role)_\($0).pb").path }
      .prefix { FileManager.default.fileExists(atPath: $0) }
      .map { try Bytes(contentsOfFile: $0) }
  }

  /// The value that a message holds.
  func constant(_ message: Bytes) throws -> Constant {
    try TensorDecoder(folder: folder.path).decode(ONNXTensor(message))
  }
}
