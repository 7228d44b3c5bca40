import Foundation
import NeuralNetwork
import Saliency
import Site

/// What a figure was made from and what came of it: a file beside its pictures.
struct FigureManifest: Encodable {
  /// One network and one picture.
  struct Part: Encodable {
    let image: String
    /// SHA-256 of the picture's file.
    let imageHash: String?
    let model: String
    /// SHA-256 of the ONNX file and of those that hold its weights, by name.
    let modelHashes: [String: String]
    /// [1, C, H, W].
    let input: [Int]
    /// What the inputs beside the picture were given, as the page says it.
    let inputs: [String: String]
    let cells: [Cell]

    enum CodingKeys: String, CodingKey {
      case image, model, input, inputs, cells
      case imageHash = "image_sha256"
      case modelHashes = "model_sha256"
    }
  }

  /// One method at a layer for a class or another target.
  struct Cell: Encodable {
    var classIndex: Int?
    let label: String
    var synset: String?
    var logit, probability: Float?
    var rank: Int?
    /// What is explained where it is no class, and its value.
    var target: String?
    var value: Float?
    let method: String
    /// The name and the tensor of the layer.
    let layer, tensor: String?
    /// The files, by their names beside the manifest or from the output folder.
    let picture: String?
    let overlay: String?
    let array: String?
    /// x, y, width, height in the photo's pixels.
    let box: [Int]?
    let finding: String?

    enum CodingKeys: String, CodingKey {
      case label, synset, logit, probability, rank, target, value, method, layer, tensor, picture, overlay, array, box,
        finding
      case classIndex = "class"
    }
  }

  /// Engine and its libraries.
  let engine = Network.engineVersion
  let parts: [Part]

  /// As JSON, keys sorted, in which nothing looks like HTML.
  var json: [UInt8] {
    get throws {
      let text = String(decoding: try ReadableJSON.bytes(self), as: UTF8.self)
      return Array(text.replacing("<", with: "\\u003c").utf8)
    }
  }
}
